package dev.segue.server.cli.scenarios;

import dev.segue.server.cli.scenarios.Scenario.MenuItem;
import java.time.LocalDate;
import java.util.List;

/** Writes the sales of a scenario's past as a till would export them; the same each time. */
final class SalesExport {

  private static final String HEADER =
      "order id,line id,item id,item name,ordered at,quantity,unit price\n";
  private static final int NOON = 12 * 3600;

  private SalesExport() {}

  /**
   * Writes one order per item and day.
   *
   * @param lastDay the last day of sales
   * @param days how many days of them there are
   */
  static String csv(List<MenuItem> menu, LocalDate lastDay, int days) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (LocalDate day = lastDay.minusDays(days - 1L);
        !day.isAfter(lastDay);
        day = day.plusDays(1)) {
      for (int i = 0; i < menu.size(); i++) {
        MenuItem item = menu.get(i);
        csv.append(day).append('-').append(i).append(",1,").append(item.item()).append(',');
        csv.append(item.name()).append(',').append(day.atStartOfDay().plusSeconds(NOON + 60L * i));
        csv.append(":00,").append(item.perDay()).append(',').append(item.price()).append('\n');
      }
    }
    return csv.toString();
  }
}
