package dev.segue.plugins.menumodels.files;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.segue.plugins.menumodels.demand.Absent;
import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.demand.Occasion;
import dev.segue.plugins.menumodels.demand.Sale;
import dev.segue.plugins.menumodels.demand.Weather;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A folder with sales as CSV, plain or gzipped.
 *
 * <ul>
 *   <li>{@code sales*.csv}: date, an item or product group, and a quantity or revenue per day; a
 *       missing line means that nothing is known; or else {@code orders*.csv}: date, name and size
 *       of each unit sold; an item that wasn't sold on an open day was sold 0 times
 *   <li>{@code weather*.csv}, if there: date, temperature, cloud_cover, wind_speed, as observed
 *   <li>{@code events*.csv}, if there: date; further columns name the event
 *   <li>{@code holidays*.csv}, if there or in the folder {@code holidays} beside: a date as {@code
 *       ds} or {@code date}, a name as {@code holiday} or {@code name}, country
 * </ul>
 *
 * @param history the daily sales
 * @param holidays of the country that was asked for
 * @param events local events
 * @param weather as observed
 */
public record SalesFolder(
    DemandHistory history, List<Occasion> holidays, List<Occasion> events, List<Weather> weather) {

  /**
   * Reads a folder.
   *
   * @param folder with at least one file of sales
   * @param country whose holidays count, such as {@code DE}
   * @return what it holds
   * @throws IOException if it can't be read or holds no sales
   */
  public static SalesFolder read(Path folder, String country) throws IOException {
    List<Sale> daily = new ArrayList<>();
    each(folder, "sales", row -> daily.add(dailySale(row)));
    List<Sale> orders = new ArrayList<>();
    if (daily.isEmpty()) {
      each(folder, "orders", row -> orders.add(unitSold(row)));
    }
    if (daily.isEmpty() && orders.isEmpty()) {
      throw new IOException(
          folder + " holds neither sales*.csv nor orders*.csv; name a folder that does");
    }
    List<Occasion> events = new ArrayList<>();
    each(folder, "events", row -> events.add(Occasion.always(date(row, "date"), eventName(row))));
    List<Weather> weather = new ArrayList<>();
    each(folder, "weather", row -> weather.add(observed(row)));
    List<Occasion> holidays = new ArrayList<>();
    Consumer<NamedCsvRecord> holiday =
        row -> {
          if (country.equals(row.getField("country"))) {
            holidays.add(Occasion.always(date(row, "ds", "date"), text(row, "holiday", "name")));
          }
        };
    each(folder, "holidays", holiday);
    if (holidays.isEmpty()) {
      each(folder.toAbsolutePath().resolveSibling("holidays"), "holidays", holiday);
    }
    DemandHistory history =
        daily.isEmpty()
            ? DemandHistory.of(orders, Absent.ZERO_WHILE_ON_OFFER)
            : DemandHistory.of(daily, Absent.UNKNOWN);
    return new SalesFolder(history, holidays, events, weather);
  }

  private static Sale dailySale(NamedCsvRecord row) {
    return new Sale(
        date(row, "date"),
        text(row, "item_id", "product_group"),
        Double.parseDouble(text(row, "quantity", "revenue")));
  }

  private static Sale unitSold(NamedCsvRecord row) {
    return new Sale(date(row, "date"), row.getField("name") + "-" + row.getField("size"), 1);
  }

  private static String eventName(NamedCsvRecord row) {
    return row.getHeader().stream()
        .filter(name -> !name.equals("date"))
        .findFirst()
        .orElse("event");
  }

  private static Weather observed(NamedCsvRecord row) {
    LocalDate day = date(row, "date");
    return new Weather(
        day,
        day,
        number(row, "temperature"),
        number(row, "cloud_cover"),
        number(row, "wind_speed"),
        number(row, "rain"));
  }

  private static double number(NamedCsvRecord row, String name) {
    return row.findField(name)
        .filter(text -> !text.isBlank())
        .map(Double::parseDouble)
        .orElse(Double.NaN);
  }

  private static LocalDate date(NamedCsvRecord row, String... names) {
    return LocalDate.parse(text(row, names));
  }

  private static String text(NamedCsvRecord row, String... names) {
    return Stream.of(names)
        .flatMap(name -> row.findField(name).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "line "
                        + row.getStartingLineNumber()
                        + " has none of the columns "
                        + String.join(", ", names)));
  }

  private static void each(Path folder, String prefix, Consumer<NamedCsvRecord> action)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> isCsv(file, prefix)).sorted().toList();
    }
    for (Path file : files) {
      try (BufferedReader reader = open(file);
          CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(reader)) {
        csv.forEach(action);
      } catch (IllegalArgumentException | DateTimeException e) {
        throw new IOException(file + " can't be read: " + e.getMessage(), e);
      }
    }
  }

  private static boolean isCsv(Path file, String prefix) {
    String name = file.getFileName().toString();
    return name.startsWith(prefix) && (name.endsWith(".csv") || name.endsWith(".csv.gz"));
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    return new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
  }
}
