package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.Explanation.Named;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Where the figure of an alert might go.
 *
 * @param low at least
 * @param high at most
 * @param how it was estimated, in a sentence
 */
record Estimate(double low, double high, String how) {

  static final Estimate NONE = new Estimate(Double.NaN, Double.NaN, "It cannot be estimated.");

  static Estimate between(double one, double other, String how) {
    return new Estimate(Math.min(one, other), Math.max(one, other), how);
  }

  /** The segment gives up its part of the move, or nothing of it. */
  static Estimate back(double after, double before, Named cause) {
    double part = cause.rateEffect().doubleValue() + cause.mixEffect().doubleValue();
    return between(
        after,
        Math.abs(part) > Math.abs(after - before) ? before : after - part,
        "From no effect to all of the part that the segment has in the move.");
  }

  /** The segment is left out, and the rest goes on as it does. */
  static Estimate without(double after, Named cause) {
    Optional<BigDecimal> low = cause.withoutLow();
    Optional<BigDecimal> high = cause.withoutHigh();
    if (low.isPresent() && high.isPresent()) {
      return between(
          low.get().doubleValue(),
          high.get().doubleValue(),
          "The figure without the segment since the alert, with the 80 % interval of a count as"
              + " large as the fewest events that it is made of.");
    }
    return cause
        .without()
        .map(
            without ->
                between(
                    after,
                    without.doubleValue(),
                    "From no effect to the figure without the segment since the alert."))
        .orElse(NONE);
  }

  /**
   * The segment's budget is cut. If the numerator is the cost, it falls by as much, and the
   * denominator by as much or not at all. Of other figures no more is known than that both amounts
   * may fall alike.
   */
  static Estimate cut(double after, Named cause, double cut, boolean numeratorIsCost) {
    Optional<BigDecimal> without = cause.without();
    if (without.isEmpty()) {
      return NONE;
    }
    double weight = cause.weight().doubleValue();
    double carried = after - (1 - weight) * without.get().doubleValue();
    double left = after - cut * carried;
    double alike = left / (1 - cut * weight);
    return numeratorIsCost
        ? between(
            alike,
            left,
            "Its cost falls by the cut; what it brings falls by as much, or not at all.")
        : between(after, alike, "From no effect to all that the segment has falling by the cut.");
  }

  boolean isKnown() {
    return Double.isFinite(low) && Double.isFinite(high);
  }

  /** Such as {@code Expected: 3.1 to 3.6 EUR instead of 5.2 EUR.} */
  String words(double now, String unit) {
    return isKnown()
        ? "Expected: "
            + Words.amount(low, "")
            + " to "
            + Words.amount(high, unit)
            + " instead of "
            + Words.amount(now, unit)
            + "."
        : how;
  }
}
