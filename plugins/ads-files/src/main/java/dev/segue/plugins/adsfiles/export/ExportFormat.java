package dev.segue.plugins.adsfiles.export;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * How an account's exports are written.
 *
 * @param columns what headings mean, before the usual ones
 * @param decimalComma whether decimals follow a comma
 * @param days further formats of days, tried before the usual ones
 * @param zone of the account: its days begin and end there
 * @param currency of amounts that don't name theirs
 */
public record ExportFormat(
    List<ColumnChoice> columns,
    boolean decimalComma,
    List<DateTimeFormatter> days,
    ZoneId zone,
    String currency) {

  /** Copies the lists. */
  public ExportFormat {
    columns = List.copyOf(columns);
    days = List.copyOf(days);
  }
}
