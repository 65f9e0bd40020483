package dev.segue.plugins.alertanalysis.cause;

import java.util.List;

/**
 * What a segment, or several of one dimension, have to do with a difference.
 *
 * @param segments their names
 * @param before their amounts in the span before
 * @param after their amounts in the span after
 * @param contribution what of the difference is theirs, in the figure's unit
 * @param rateEffect what of it is due to their own rate; the rest is due to their weight
 * @param share what of the difference is theirs; above 1 if others made up for some of it
 * @param shareIfAlike what would be theirs if all segments had moved alike
 * @param surprise how far their share of the whole moved
 */
public record Part(
    List<String> segments,
    Amounts before,
    Amounts after,
    double contribution,
    double rateEffect,
    double share,
    double shareIfAlike,
    double surprise) {

  /** Copies the names. */
  public Part {
    segments = List.copyOf(segments);
  }

  static Part of(String segment, Amounts before, Amounts after, Contributions whole) {
    double contribution = whole.of(before, after);
    return new Part(
        List.of(segment),
        before,
        after,
        contribution,
        whole.rateEffect(before, after),
        whole.total() == 0 ? 0 : contribution / whole.total(),
        whole.shareIfAlike(before),
        whole.surprise(before, after));
  }

  /** What is due to their weight. */
  public double mixEffect() {
    return contribution - rateEffect;
  }

  Part and(Part other) {
    return new Part(
        List.of(segments, other.segments).stream().flatMap(List::stream).toList(),
        before.plus(other.before),
        after.plus(other.after),
        contribution + other.contribution,
        rateEffect + other.rateEffect,
        share + other.share,
        shareIfAlike + other.shareIfAlike,
        surprise + other.surprise);
  }
}
