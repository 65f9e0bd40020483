package dev.segue.server.triggers.monitors;

/**
 * What a condition says of a value. Between broken and recovered lies what keeps an alert open but
 * opens none.
 *
 * @param value that was judged
 * @param expected what it was compared with: the limit, the earlier value, or what is normal
 * @param excess how far it is beyond what is allowed, in the value's unit or, for anomalies, in
 *     standard deviations; negative if it is within
 * @param broken whether the condition is met
 * @param recovered whether the value is back where an alert may end
 */
public record Reading(
    double value, double expected, double excess, boolean broken, boolean recovered) {

  /** Keeps to numbers that can be told to others: those of a sum may have grown beyond. */
  public Reading {
    value = finite(value);
    expected = finite(expected);
    excess = finite(excess);
  }

  private static double finite(double number) {
    return Double.isNaN(number) ? 0 : Math.clamp(number, -Double.MAX_VALUE, Double.MAX_VALUE);
  }

  /** Of a value that can't be compared with anything yet. */
  static Reading unknown(double value) {
    return new Reading(value, value, 0, false, true);
  }
}
