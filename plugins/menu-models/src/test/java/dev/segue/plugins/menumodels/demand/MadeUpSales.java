package dev.segue.plugins.menumodels.demand;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sales whose structure is known: weekdays, seasons, fairs, and noise that lasts some days. */
public final class MadeUpSales {

  public static final LocalDate FIRST = LocalDate.of(2023, 1, 2);
  public static final String FAIR = "Fair";

  private MadeUpSales() {}

  /** Sales of three items; each month's first three days are a fair that doubles them. */
  public static List<Sale> sales(int days, long seed) {
    Random random = new Random(seed);
    List<Sale> sales = new ArrayList<>();
    double mood = 0;
    for (int day = 0; day < days; day++) {
      LocalDate date = FIRST.plusDays(day);
      mood = 0.7 * mood + 0.08 * random.nextGaussian();
      double week = 1 + 0.5 * (date.getDayOfWeek().getValue() >= 6 ? 1 : 0);
      double season = 1 + 0.3 * Math.sin(2 * Math.PI * date.getDayOfYear() / 365.25);
      double fair = date.getDayOfMonth() <= 3 ? 2 : 1;
      double base = week * season * fair * Math.exp(mood);
      sales.add(new Sale(date, "beans", 40 * base * noise(random)));
      sales.add(new Sale(date, "cake", 90 * base * noise(random)));
      sales.add(new Sale(date, "tea", 200 * base * noise(random)));
    }
    return sales;
  }

  private static double noise(Random random) {
    return Math.exp(0.05 * random.nextGaussian());
  }

  /** The fairs of all years. */
  public static Surroundings fairs(int days) {
    List<Occasion> fairs = new ArrayList<>();
    for (int day = 0; day < days + Band.FURTHEST; day++) {
      LocalDate date = FIRST.plusDays(day);
      if (date.getDayOfMonth() <= 3) {
        fairs.add(Occasion.always(date, FAIR));
      }
    }
    return new Surroundings(List.of(), fairs, List.of(), WeatherUse.KNOWN);
  }

  /** The same sales but for those after a day, which are all different. */
  public static List<Sale> otherwiseAfter(List<Sale> sales, LocalDate day) {
    return sales.stream()
        .map(
            sale ->
                sale.day().isAfter(day)
                    ? new Sale(sale.day(), sale.item(), 7 * sale.quantity() + 1000)
                    : sale)
        .toList();
  }
}
