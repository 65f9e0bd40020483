package dev.segue.plugins.alertanalysis.season;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A series before an alert, and since.
 *
 * @param expectation what the time before lets expect
 * @param from where the first value stands that is out of order
 * @param actual the mean since then; NaN if there are no values
 * @param expected the mean of what was to be expected for the same times
 */
public record Move(Expectation expectation, Instant from, double actual, double expected) {

  private static final int FURTHEST_BACK = 24;

  /** So many parts may be missing before a series counts as silent. */
  private static final int AWAITED = 3;

  /**
   * Looks at a series.
   *
   * @param values in parts of the grain
   * @param alertAt when the alert's condition was first met
   * @param from where the move is known to begin; found if empty
   */
  public static Move of(
      SortedMap<Instant, Double> values, Grain grain, Instant alertAt, Optional<Instant> from) {
    // A window is judged at its end, which is where the next one begins.
    Instant anchor = latest(values, grain, grain.start(alertAt.minusMillis(1)));
    SortedMap<Instant, Double> past = values.headMap(from.orElse(anchor));
    Expectation expectation = Expectation.of(past, grain.step(), grain.zone());
    Instant begins = from.orElseGet(() -> onset(values, anchor, expectation));
    double actual = 0;
    double expected = 0;
    SortedMap<Instant, Double> since = values.tailMap(begins);
    for (Map.Entry<Instant, Double> one : since.entrySet()) {
      actual += one.getValue() / since.size();
      expected += expectation.at(one.getKey()).expected() / since.size();
    }
    return since.isEmpty()
        ? new Move(expectation, begins, Double.NaN, Double.NaN)
        : new Move(expectation, begins, actual, expected);
  }

  /** Where the alert is, or the last value if the next is only about to come. */
  private static Instant latest(SortedMap<Instant, Double> values, Grain grain, Instant anchor) {
    if (values.isEmpty() || !values.lastKey().isBefore(anchor)) {
      return anchor;
    }
    boolean soon = !values.lastKey().isBefore(anchor.minus(grain.step().multipliedBy(AWAITED)));
    return soon ? values.lastKey() : anchor;
  }

  /** The first value out of order about the alert, or where the alert is if none is. */
  private static Instant onset(
      SortedMap<Instant, Double> values, Instant anchor, Expectation expectation) {
    Optional<Instant> first =
        values.tailMap(anchor).entrySet().stream()
            .filter(one -> !expectation.at(one.getKey()).holds(one.getValue()))
            .map(Map.Entry::getKey)
            .findFirst();
    if (first.isEmpty()) {
      return anchor;
    }
    Instant onset = first.get();
    List<Instant> before = new ArrayList<>(values.headMap(onset).keySet()).reversed();
    for (Instant at : before.subList(0, Math.min(FURTHEST_BACK, before.size()))) {
      double value = values.getOrDefault(at, Double.NaN);
      if (expectation.at(at).holds(value)) {
        break;
      }
      onset = at;
    }
    return onset;
  }
}
