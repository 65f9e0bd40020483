package dev.segue.plugins.alertanalysis.cause;

/**
 * Takes the difference between two spans apart, so that the parts of any division into segments add
 * up to it.
 *
 * <p>A sum's parts are the differences of the segments. A ratio's are those of Kitagawa
 * ("Components of a Difference Between Two Rates", JASA 50, 1955): what the segment's own rate did
 * at its mean weight, and what its weight did by how far its rate is from the mean one. A ratio's
 * parts don't change when everything grows alike. Immutable.
 *
 * @param measure how the figure is made
 * @param before all amounts of the span before
 * @param after all amounts of the span after
 */
record Contributions(Measure measure, Amounts before, Amounts after) {

  /** Whether both spans have a figure at all. */
  boolean isDefined() {
    return Double.isFinite(before.value(measure)) && Double.isFinite(after.value(measure));
  }

  double total() {
    return after.value(measure) - before.value(measure);
  }

  /** The figure in the middle between both spans. */
  double middle() {
    return (before.value(measure) + after.value(measure)) / 2;
  }

  /** The part of a segment, or of several together. */
  double of(Amounts segmentBefore, Amounts segmentAfter) {
    if (measure == Measure.SUM) {
      return segmentAfter.numerator() - segmentBefore.numerator();
    }
    double carried =
        segmentAfter.numerator() / after.denominator()
            - segmentBefore.numerator() / before.denominator();
    return carried - middle() * weightGain(segmentBefore, segmentAfter);
  }

  /** What of a segment's part is due to its own rate; the rest is due to its weight. */
  double rateEffect(Amounts segmentBefore, Amounts segmentAfter) {
    if (measure == Measure.SUM) {
      return of(segmentBefore, segmentAfter);
    }
    double rateBefore = segmentBefore.value(measure);
    double rateAfter = segmentAfter.value(measure);
    if (!Double.isFinite(rateBefore) || !Double.isFinite(rateAfter)) {
      // New or gone: all weight. With a numerator alone, such as cost that brings nothing: all
      // rate.
      boolean hasWeight = segmentBefore.denominator() + segmentAfter.denominator() > 0;
      boolean idle = isIdle(segmentBefore) || isIdle(segmentAfter);
      return hasWeight && idle ? 0 : of(segmentBefore, segmentAfter);
    }
    double weight =
        (segmentBefore.denominator() / before.denominator()
                + segmentAfter.denominator() / after.denominator())
            / 2;
    return weight * (rateAfter - rateBefore);
  }

  private static boolean isIdle(Amounts amounts) {
    return amounts.numerator() == 0 && amounts.denominator() == 0;
  }

  private double weightGain(Amounts segmentBefore, Amounts segmentAfter) {
    return segmentAfter.denominator() / after.denominator()
        - segmentBefore.denominator() / before.denominator();
  }

  /** A segment's share of the whole, over both spans. */
  double weight(Amounts segmentBefore, Amounts segmentAfter) {
    double whole =
        measure == Measure.SUM
            ? before.numerator() + after.numerator()
            : before.denominator() + after.denominator();
    double part =
        measure == Measure.SUM
            ? segmentBefore.numerator() + segmentAfter.numerator()
            : segmentBefore.denominator() + segmentAfter.denominator();
    return whole == 0 ? 0 : Math.max(0, part / whole);
  }

  /** The share of the difference that a segment has if all move alike. */
  double shareIfAlike(Amounts segmentBefore) {
    return before.numerator() == 0 ? 0 : segmentBefore.numerator() / before.numerator();
  }

  /**
   * How far a segment's share of the whole moved: its term of the Jensen-Shannon divergence, for a
   * ratio that of numerator and denominator together (Bhagwan and others, "Adtributor", NSDI 2014).
   */
  double surprise(Amounts segmentBefore, Amounts segmentAfter) {
    double numerators =
        divergence(
            segmentBefore.numerator() / before.numerator(),
            segmentAfter.numerator() / after.numerator());
    return measure == Measure.SUM
        ? numerators
        : numerators
            + divergence(
                segmentBefore.denominator() / before.denominator(),
                segmentAfter.denominator() / after.denominator());
  }

  private static double divergence(double expected, double actual) {
    double p = Double.isFinite(expected) ? Math.max(0, expected) : 0;
    double q = Double.isFinite(actual) ? Math.max(0, actual) : 0;
    return (term(p, p + q) + term(q, p + q)) / 2;
  }

  private static double term(double share, double sum) {
    return share == 0 ? 0 : share * Math.log(2 * share / sum);
  }
}
