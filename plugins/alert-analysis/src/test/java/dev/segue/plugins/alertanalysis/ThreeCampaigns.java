package dev.segue.plugins.alertanalysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plugins.alertanalysis.Explanation.Named;
import dev.segue.plugins.alertanalysis.cause.Amounts;
import dev.segue.plugins.alertanalysis.cause.Cell;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Explained moves of a ratio of three campaigns that were alike, of which only Lunch moved. */
final class ThreeCampaigns {

  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private ThreeCampaigns() {}

  /**
   * Explains a move.
   *
   * @param usual what each campaign had in ordinary weeks
   * @param lunch what Lunch has since
   */
  static Explanation explain(String numerator, String denominator, Amounts usual, Amounts lunch) {
    return explain(numerator, denominator, usual, lunch, usual, usual);
  }

  static Explanation explain(
      String numerator,
      String denominator,
      Amounts usual,
      Amounts lunch,
      Amounts dinner,
      Amounts brunch) {
    List<List<Cell>> ordinary = new ArrayList<>();
    for (int week = 0; week < 4; week++) {
      ordinary.add(cells(usual, dinner, brunch));
    }
    ExplainChange.Input input =
        new ExplainChange.Input(
            Map.of(),
            NOW.minusSeconds(86_400),
            NOW,
            "The figure",
            "1",
            ExplainChange.Source.METRICS,
            numerator,
            Optional.of(denominator),
            4);
    return new ChangeExplanation(input)
        .of(new Spans.Compared(cells(lunch, dinner, brunch), ordinary, "weeks before"));
  }

  private static List<Cell> cells(Amounts lunch, Amounts dinner, Amounts brunch) {
    return List.of(
        new Cell(Map.of("campaign", "lunch"), lunch),
        new Cell(Map.of("campaign", "dinner"), dinner),
        new Cell(Map.of("campaign", "brunch"), brunch));
  }

  /** The cause, which must be Lunch. */
  static Named cause(Explanation explanation) {
    Named cause = explanation.causes().getFirst();
    assertThat(cause.segments()).containsExactly("lunch");
    return cause;
  }
}
