package dev.segue.plugins.adspractice;

import dev.segue.sdk.Change;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/**
 * One value to set at the platform, as texts that it compares.
 *
 * @param kind {@code campaign-budget}, {@code variant-status} or {@code segment-reach}
 * @param id the platform's id
 * @param expected what it must be now
 * @param value what it shall be
 */
record Setting(String kind, String id, String expected, String value) {

  static final String BUDGET = "campaign-budget";
  static final String VARIANT = "variant-status";
  static final String SEGMENT = "segment-reach";

  /** The field of a change of this kind. */
  static String field(String kind) {
    return switch (kind) {
      case BUDGET -> "dailyBudget";
      case VARIANT -> "status";
      case SEGMENT -> "reachPercent";
      default -> throw new IllegalArgumentException("a change of the unknown kind " + kind);
    };
  }

  /** What a change wants to set; empty if it lacks a value. */
  static Optional<Setting> of(Change change) {
    String kind = change.target().kind();
    Optional<String> expected = text(change.expected(), kind);
    Optional<String> value = text(change.after(), kind);
    return expected.isEmpty() || value.isEmpty()
        ? Optional.empty()
        : Optional.of(new Setting(kind, change.target().id(), expected.get(), value.get()));
  }

  private static Optional<String> text(Map<String, Object> values, String kind) {
    Object value = values.get(field(kind));
    if (value == null) {
      return Optional.empty();
    }
    return kind.equals(BUDGET)
        ? amount(value).map(amount -> amount.setScale(2, RoundingMode.HALF_UP).toPlainString())
        : Optional.of(value.toString());
  }

  /** A number however it came through JSON or a form. */
  static Optional<BigDecimal> amount(Object value) {
    try {
      return Optional.of(new BigDecimal(value.toString()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
