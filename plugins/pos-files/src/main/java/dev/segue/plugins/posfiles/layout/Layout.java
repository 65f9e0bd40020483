package dev.segue.plugins.posfiles.layout;

import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one kind of file is read.
 *
 * @param columns per column the alternatives in order of preference; an alternative is one heading,
 *     or several whose values are joined
 * @param separator what lies between fields
 * @param encoding how characters are written
 * @param decimalComma whether {@code 1.234,50} is meant, not {@code 1,234.50}
 * @param timeFormats patterns of {@link java.time.format.DateTimeFormatter} for date and time, or
 *     the date alone; tried after ISO 8601
 * @param zone the zone of times without an offset; the site's where empty
 * @param prices where prices come from
 * @param ignoredItems values of the item column whose lines are passed over, in lower case
 */
public record Layout(
    Map<SalesColumn, List<List<String>>> columns,
    Separator separator,
    Encoding encoding,
    boolean decimalComma,
    List<String> timeFormats,
    Optional<ZoneId> zone,
    PriceSource prices,
    Set<String> ignoredItems) {

  /** Copies the collections. */
  public Layout {
    columns = Map.copyOf(columns);
    timeFormats = List.copyOf(timeFormats);
    ignoredItems = Set.copyOf(ignoredItems);
  }

  /**
   * Puts own headings in place of this layout's.
   *
   * @param choices at most one per column
   * @return the layout with those columns replaced
   */
  public Layout withColumns(List<ColumnChoice> choices) {
    Map<SalesColumn, List<List<String>>> replaced = new EnumMap<>(SalesColumn.class);
    replaced.putAll(columns);
    choices.forEach(choice -> replaced.put(choice.column(), List.of(choice.headings())));
    return new Layout(
        replaced, separator, encoding, decimalComma, timeFormats, zone, prices, ignoredItems);
  }

  /**
   * Describes everything that decides what a file's lines become, in a stable order.
   *
   * @return a text that differs when the reading differs
   */
  public String fingerprint() {
    return String.join(
        "\n",
        new EnumMap<>(columns).toString(),
        separator.name(),
        encoding.name(),
        Boolean.toString(decimalComma),
        timeFormats.toString(),
        zone.map(ZoneId::getId).orElse(""),
        prices.name(),
        ignoredItems.stream().sorted().toList().toString());
  }
}
