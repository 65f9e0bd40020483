package dev.segue.plugins.adsfiles.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Made-up ads of a restaurant, the same for the same seed, with effects that are known:
 *
 * <ul>
 *   <li>conversions a day rise with the cost as {@code ceiling * x / (half + x)}: Lunch bends early
 *       (40 at most, half of it at 40 a day), Dinner late (400, at 600), Brunch between (90, at
 *       120);
 *   <li>the variant {@code photo} converts 1.4 times as often per click as {@code plain};
 *   <li>the segment {@code 18-24} brings 0.35 times the conversions of the others per cost;
 *   <li>Saturdays bring 1.3 times a Monday.
 * </ul>
 *
 * @param until the last day
 * @param days how many
 * @param seed of all chance
 */
public record MadeUpAds(LocalDate until, int days, long seed) {

  /** The headings of the export, as a platform would write them. */
  static final String HEADINGS =
      "Day,Campaign ID,Campaign name,Ad set ID,Ad set name,Ad name,Age,Impressions,Link clicks,"
          + "Results,Amount spent (EUR),Purchases conversion value";

  private static final double[] WEEK = {0.9, 0.9, 0.95, 1.0, 1.1, 1.17, 1.0};
  private static final List<Campaign> CAMPAIGNS =
      List.of(
          new Campaign("lunch", "Lunch", 70, 40, 40, 11),
          new Campaign("dinner", "Dinner", 70, 400, 600, 32),
          new Campaign("brunch", "Brunch", 50, 90, 120, 18));
  private static final List<Part> VARIANTS = List.of(new Part("plain", 1), new Part("photo", 1.4));
  private static final List<Part> SEGMENTS =
      List.of(
          new Part("18-24", 0.35), new Part("25-34", 1), new Part("35-54", 1), new Part("55+", 1));

  private record Campaign(
      String id, String name, double budget, double ceiling, double half, double basket) {}

  private record Part(String name, double factor) {}

  /** Refuses what can't be made. */
  public MadeUpAds {
    if (days < 1 || days > 3650) {
      throw new IllegalArgumentException("days must be 1 to 3650, not " + days);
    }
  }

  /** The export as a file would hold it. */
  public String csv() {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder(HEADINGS).append('\n');
    for (int i = days - 1; i >= 0; i--) {
      LocalDate day = until.minusDays(i);
      for (Campaign campaign : CAMPAIGNS) {
        append(text, day, campaign, random);
      }
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text, LocalDate day, Campaign campaign, SplittableRandom random) {
    double cost = campaign.budget() * Math.exp(0.2 * random.nextGaussian());
    double conversions =
        campaign.ceiling()
            * cost
            / (campaign.half() + cost)
            * WEEK[day.getDayOfWeek().getValue() - 1];
    double weights = weight(VARIANTS) * weight(SEGMENTS);
    for (Part variant : VARIANTS) {
      for (Part segment : SEGMENTS) {
        double share = cost / (VARIANTS.size() * SEGMENTS.size());
        long impressions = poisson(share * 60, random);
        long clicks = poisson(share * 4, random);
        long results = poisson(conversions * variant.factor() * segment.factor() / weights, random);
        text.append(
            String.format(
                Locale.ROOT,
                "%s,%s,%s,%s-all,%s guests,%s,%s,%d,%d,%d,%s,%s\n",
                day,
                campaign.id(),
                campaign.name(),
                campaign.id(),
                campaign.name(),
                variant.name(),
                segment.name(),
                Math.max(impressions, clicks),
                Math.max(clicks, results),
                results,
                money(share),
                money(results * campaign.basket())));
      }
    }
  }

  private static double weight(List<Part> parts) {
    return parts.stream().mapToDouble(Part::factor).sum();
  }

  private static BigDecimal money(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }

  private static long poisson(double mean, SplittableRandom random) {
    if (mean > 60) {
      return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    long count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
