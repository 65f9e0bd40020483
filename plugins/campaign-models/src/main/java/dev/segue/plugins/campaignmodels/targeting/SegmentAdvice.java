package dev.segue.plugins.campaignmodels.targeting;

/**
 * What to do about a segment.
 *
 * @param counts what it cost and brought
 * @param ratio its conversions per cost over those of the rest, as believed
 * @param probability that it is so much worse, or better, than the rest
 * @param advice what follows
 */
public record SegmentAdvice(SegmentCounts counts, double ratio, double probability, Advice advice) {

  /** What to do. */
  public enum Advice {
    /** Stop showing ads to it. */
    NARROW,
    /** Show more ads to it. */
    WIDEN,
    /** Leave it. */
    KEEP
  }
}
