package dev.segue.plugins.adsfiles.export;

import java.util.List;
import java.util.stream.Stream;

/**
 * By what the lines of one day of a campaign are told apart. Two breakdowns of one day tell of the
 * same money twice.
 *
 * @param parts such as {@code ad set} and {@code age}; empty if there is one line
 */
public record Breakdown(List<String> parts) {

  private static final String SEPARATOR = ",";

  /** Copies the list. */
  public Breakdown {
    parts = List.copyOf(parts);
  }

  static Breakdown of(Headings headings) {
    AdsColumn adSet = headings.has(AdsColumn.AD_SET_ID) ? AdsColumn.AD_SET_ID : AdsColumn.AD_SET;
    return new Breakdown(
        Stream.of(adSet, AdsColumn.VARIANT, AdsColumn.SEGMENT, AdsColumn.AGE, AdsColumn.GENDER)
            .filter(headings::has)
            .map(AdsColumn::words)
            .toList());
  }

  /** What the keys of stored lines show of their breakdown. */
  public static Breakdown ofKeys(boolean adSets, boolean variants, boolean segments) {
    return new Breakdown(
        Stream.of(
                adSets ? AdsColumn.AD_SET : null,
                variants ? AdsColumn.VARIANT : null,
                segments ? AdsColumn.SEGMENT : null)
            .filter(column -> column != null)
            .map(AdsColumn::words)
            .toList());
  }

  /** Reads what {@link #code} wrote. */
  public static Breakdown parse(String code) {
    return new Breakdown(code.isEmpty() ? List.of() : List.of(code.split(SEPARATOR)));
  }

  /** How it is stored. */
  public String code() {
    return String.join(SEPARATOR, parts);
  }

  /** As much of it as the keys of its lines show. */
  public Breakdown asKeysShow() {
    return ofKeys(
        hasAny(AdsColumn.AD_SET, AdsColumn.AD_SET_ID),
        hasAny(AdsColumn.VARIANT),
        hasAny(AdsColumn.SEGMENT, AdsColumn.AGE, AdsColumn.GENDER));
  }

  private boolean hasAny(AdsColumn... columns) {
    return Stream.of(columns).map(AdsColumn::words).anyMatch(parts::contains);
  }

  /** In a sentence, such as {@code by ad set, variant and age}. */
  @Override
  public String toString() {
    return switch (parts.size()) {
      case 0 -> "by campaign alone";
      case 1 -> "by " + parts.getFirst();
      default ->
          "by " + String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
    };
  }
}
