package dev.segue.plugins.posfiles.layout;

import dev.segue.sdk.StepError;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where in a file's lines each column lies. */
final class Header {

  private final int width;
  private final Map<SalesColumn, int[]> places;

  private Header(int width, Map<SalesColumn, int[]> places) {
    this.width = width;
    this.places = places;
  }

  /**
   * Finds the columns of a layout.
   *
   * @throws StepError {@code SALES_FILE_COLUMNS} if a column that is needed is not there
   */
  static Header of(String file, List<String> headings, Layout layout) {
    Map<String, Integer> present = new HashMap<>();
    for (int i = 0; i < headings.size(); i++) {
      present.putIfAbsent(plain(headings.get(i)), i);
    }
    Map<SalesColumn, int[]> places = new EnumMap<>(SalesColumn.class);
    layout
        .columns()
        .forEach(
            (column, alternatives) ->
                alternatives.stream()
                    .map(alternative -> indexes(alternative, present))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .ifPresent(found -> places.put(column, found)));
    List<String> missing = missing(places, layout);
    if (!missing.isEmpty()) {
      throw new StepError("SALES_FILE_COLUMNS", message(file, missing, headings, layout));
    }
    return new Header(headings.size(), places);
  }

  private static Optional<int[]> indexes(List<String> headings, Map<String, Integer> present) {
    int[] found = new int[headings.size()];
    for (int i = 0; i < found.length; i++) {
      Integer index = present.get(plain(headings.get(i)));
      if (index == null) {
        return Optional.empty();
      }
      found[i] = index;
    }
    return Optional.of(found);
  }

  /** Compares headings without case, underscores and doubled blanks. */
  private static String plain(String heading) {
    return heading.replace('_', ' ').strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  private static List<String> missing(Map<SalesColumn, int[]> places, Layout layout) {
    List<String> missing = new ArrayList<>();
    if (!places.containsKey(SalesColumn.ORDER)) {
      missing.add(wanted(SalesColumn.ORDER, layout));
    }
    if (!places.containsKey(SalesColumn.ITEM) && !places.containsKey(SalesColumn.ITEM_NAME)) {
      missing.add(wanted(SalesColumn.ITEM, layout));
    }
    if (!places.containsKey(SalesColumn.ORDERED_AT)) {
      missing.add(wanted(SalesColumn.ORDERED_AT, layout));
    }
    if (layout.prices() == PriceSource.FILE
        && !places.containsKey(SalesColumn.UNIT_PRICE)
        && !places.containsKey(SalesColumn.AMOUNT)) {
      missing.add(wanted(SalesColumn.UNIT_PRICE, layout) + " or " + SalesColumn.AMOUNT.words());
    }
    return missing;
  }

  private static String wanted(SalesColumn column, Layout layout) {
    String headings =
        layout.columns().getOrDefault(column, List.of()).stream()
            .map(alternative -> "'" + String.join("' with '", alternative) + "'")
            .collect(Collectors.joining(" or "));
    return headings.isEmpty() ? column.words() : column.words() + " (" + headings + ")";
  }

  private static String message(
      String file, List<String> missing, List<String> headings, Layout layout) {
    return "The file "
        + file
        + " has no column for: "
        + String.join("; ", missing)
        + ". Its headings are: "
        + headings.stream().limit(60).collect(Collectors.joining(", "))
        + ". Choose another preset in the connection, or say under 'Own columns' which heading"
        + " means what"
        + (layout.prices() == PriceSource.FILE && missing.size() == 1
            ? "; if the file has no prices by design, set where prices come from."
            : ".");
  }

  int width() {
    return width;
  }

  boolean has(SalesColumn column) {
    return places.containsKey(column);
  }

  /** Whether the column's value is made of several fields. */
  boolean joins(SalesColumn column) {
    int[] found = places.get(column);
    return found != null && found.length > 1;
  }

  /** The value of a column; empty if the file doesn't have it. */
  String value(SalesColumn column, List<String> fields) {
    int[] found = places.get(column);
    if (found == null) {
      return "";
    }
    if (found.length == 1) {
      return field(fields, found[0]);
    }
    StringBuilder joined = new StringBuilder();
    for (int index : found) {
      String value = field(fields, index);
      if (!value.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : " ").append(value);
      }
    }
    return joined.toString();
  }

  private static String field(List<String> fields, int index) {
    return index < fields.size() ? fields.get(index) : "";
  }
}
