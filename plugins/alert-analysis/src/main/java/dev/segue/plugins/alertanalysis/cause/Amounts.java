package dev.segue.plugins.alertanalysis.cause;

/**
 * What a segment had in a span of time.
 *
 * @param numerator such as its cost; all there is for a sum
 * @param denominator such as its conversions; 0 for a sum
 */
public record Amounts(double numerator, double denominator) {

  /** Nothing. */
  public static final Amounts NONE = new Amounts(0, 0);

  /** Both together. */
  public Amounts plus(Amounts other) {
    return new Amounts(numerator + other.numerator, denominator + other.denominator);
  }

  /** What is left without another. */
  public Amounts minus(Amounts other) {
    return new Amounts(numerator - other.numerator, denominator - other.denominator);
  }

  /** So many times as much. */
  public Amounts times(double factor) {
    return new Amounts(numerator * factor, denominator * factor);
  }

  /** The figure that these amounts make; NaN for a ratio without a denominator. */
  public double value(Measure measure) {
    return switch (measure) {
      case SUM -> numerator;
      case RATIO -> denominator > 0 ? numerator / denominator : Double.NaN;
    };
  }
}
