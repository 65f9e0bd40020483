package dev.segue.server.rehearsals;

import dev.segue.server.workflows.DeclaredOutcome;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was expected beside what followed, and beside the same weekdays before: the simplest
 * forecast there is, and what was so far.
 */
final class OutcomeFigures {

  private static final int MOST_ROWS = 50;

  /** Less than that share up or down is no change. */
  private static final double NOTICEABLE = 0.005;

  /**
   * Of one item or campaign.
   *
   * @param before null if nothing is known of these weekdays
   */
  private record Row(String key, double expected, double actual, @Nullable Double before) {

    double error() {
      return Math.abs(expected - actual);
    }

    int wanted() {
      return before == null ? 0 : direction(before, expected);
    }

    int happened() {
      return before == null ? 0 : direction(before, actual);
    }

    private static int direction(double from, double to) {
      return Math.abs(to - from) <= NOTICEABLE * Math.abs(from) ? 0 : (int) Math.signum(to - from);
    }
  }

  private final List<Row> rows = new ArrayList<>();

  /**
   * Puts them side by side, for what was expected.
   *
   * @param before empty if nothing is known of the same weekdays before
   * @param zeroWhereAbsent whether a key that is missing in what followed stands for zero
   */
  OutcomeFigures(
      Map<String, Double> expected,
      Map<String, Double> actual,
      Map<String, Double> before,
      boolean zeroWhereAbsent) {
    expected.forEach(
        (key, value) -> {
          Double followed = zeroWhereAbsent ? actual.getOrDefault(key, 0.0) : actual.get(key);
          Double earlier =
              zeroWhereAbsent && !before.isEmpty()
                  ? before.getOrDefault(key, 0.0)
                  : before.get(key);
          if (followed != null) {
            rows.add(new Row(key, value, followed, earlier));
          }
        });
    rows.sort(Comparator.comparingDouble(Row::error).reversed().thenComparing(Row::key));
  }

  /** Writes sums, what they come to, and the rows furthest off. */
  void writeTo(ObjectNode outcome, DeclaredOutcome.Compare compare) {
    boolean compared = !rows.isEmpty() && rows.stream().allMatch(row -> row.before() != null);
    outcome.put("keys", rows.size());
    outcome.put("expected", sum(rows.stream().mapToDouble(Row::expected).sum()));
    outcome.put("actual", sum(rows.stream().mapToDouble(Row::actual).sum()));
    switch (compare) {
      case FORECAST -> {
        outcome.put("error", sum(rows.stream().mapToDouble(Row::error).sum()));
        if (compared) {
          outcome.put("naiveError", sum(rows.stream().mapToDouble(OutcomeFigures::naive).sum()));
        }
      }
      case PROPOSAL -> {
        List<Row> told =
            rows.stream().filter(row -> row.before() != null && row.wanted() != 0).toList();
        outcome.put("sameWay", count(told, 1));
        outcome.put("otherWay", count(told, -1));
        outcome.put("unchanged", count(told, 0));
      }
    }
    ArrayNode shown = outcome.putArray("rows");
    rows.stream().limit(MOST_ROWS).forEach(row -> write(row, shown.addObject()));
    outcome.put("omitted", Math.max(0, rows.size() - MOST_ROWS));
  }

  private static double naive(Row row) {
    return row.before() == null ? 0 : Math.abs(row.before() - row.actual());
  }

  private static long count(List<Row> rows, int relation) {
    return rows.stream().filter(row -> row.wanted() * row.happened() == relation).count();
  }

  private static void write(Row row, ObjectNode to) {
    to.put("key", row.key());
    to.put("expected", sum(row.expected()));
    to.put("actual", sum(row.actual()));
    if (row.before() != null) {
      to.put("before", sum(row.before()));
    }
  }

  /** Six digits say enough; binary fractions would say more than is known. */
  private static BigDecimal sum(double value) {
    BigDecimal exact = new BigDecimal(value, MathContext.DECIMAL32);
    return exact.setScale(Math.min(4, Math.max(0, exact.scale())), RoundingMode.HALF_UP);
  }
}
