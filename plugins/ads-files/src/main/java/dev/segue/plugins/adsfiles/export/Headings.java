package dev.segue.plugins.adsfiles.export;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which field of a line means what. */
final class Headings {

  private static final Pattern WITH_CURRENCY = Pattern.compile("(.*\\S)\\s*\\(([A-Z]{3})\\)");

  private final int width;
  private final Map<AdsColumn, Integer> places;
  private final Optional<String> currency;

  private Headings(int width, Map<AdsColumn, Integer> places, Optional<String> currency) {
    this.width = width;
    this.places = places;
    this.currency = currency;
  }

  static Headings of(List<String> fields, List<ColumnChoice> choices) {
    Map<String, Integer> present = new HashMap<>();
    Optional<String> currency = Optional.empty();
    for (int i = 0; i < fields.size(); i++) {
      String heading = fields.get(i).strip();
      present.putIfAbsent(plain(heading), i);
      Matcher named = WITH_CURRENCY.matcher(heading);
      if (named.matches()) {
        present.putIfAbsent(plain(named.group(1)), i);
        currency = Optional.of(named.group(2));
      }
    }
    Map<AdsColumn, Integer> places = new EnumMap<>(AdsColumn.class);
    for (ColumnChoice choice : choices) {
      Integer place = present.get(plain(choice.heading()));
      if (place != null) {
        places.putIfAbsent(choice.column(), place);
      }
    }
    for (AdsColumn column : AdsColumn.values()) {
      column.headings().stream()
          .map(present::get)
          .filter(place -> place != null)
          .findFirst()
          .ifPresent(place -> places.putIfAbsent(column, place));
    }
    return new Headings(fields.size(), places, currency);
  }

  private static String plain(String heading) {
    return heading.replace('_', ' ').strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }

  /** What is missing, in words; empty if lines can be read. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (AdsColumn needed :
        List.of(AdsColumn.DAY, AdsColumn.IMPRESSIONS, AdsColumn.CLICKS, AdsColumn.COST)) {
      if (!has(needed)) {
        missing.add(needed.words());
      }
    }
    if (!has(AdsColumn.CAMPAIGN) && !has(AdsColumn.CAMPAIGN_ID)) {
      missing.add(AdsColumn.CAMPAIGN.words());
    }
    return missing;
  }

  int width() {
    return width;
  }

  boolean has(AdsColumn column) {
    return places.containsKey(column);
  }

  /** The currency in a heading such as {@code Amount spent (EUR)}. */
  Optional<String> currency() {
    return currency;
  }

  /** The value of a column; empty if the file doesn't have it. */
  String value(AdsColumn column, List<String> fields) {
    Integer place = places.get(column);
    return place == null || place >= fields.size() ? "" : fields.get(place).strip();
  }
}
