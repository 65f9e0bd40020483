package dev.segue.server.rehearsals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.http.Json;
import dev.segue.server.workflows.DeclaredOutcome.Compare;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What was expected, beside what followed and the same weekdays before. */
class OutcomeFiguresTest {

  @Test
  void aForecastIsJudgedByItsErrorBesideTheNaiveOne() {
    ObjectNode figures =
        figures(
            Compare.FORECAST,
            new OutcomeFigures(
                Map.of("margherita", 40.0, "water", 10.0),
                Map.of("margherita", 44.0, "salami", 9.0),
                Map.of("margherita", 30.0, "water", 5.0),
                true));

    assertThat(figures.path("expected").asDouble()).isEqualTo(50);
    assertThat(figures.path("actual").asDouble()).as("nobody bought water").isEqualTo(44);
    assertThat(figures.path("error").asDouble()).isEqualTo(14);
    assertThat(figures.path("naiveError").asDouble()).isEqualTo(19);
    assertThat(figures.path("rows").get(0).path("key").asString())
        .as("the furthest off first")
        .isEqualTo("water");
  }

  @Test
  void withoutTheSameWeekdaysBeforeThereIsNoNaiveForecast() {
    ObjectNode figures =
        figures(
            Compare.FORECAST,
            new OutcomeFigures(Map.of("soup", 5.0), Map.of("soup", 6.0), Map.of(), true));

    assertThat(figures.path("error").asDouble()).isEqualTo(1);
    assertThat(figures.has("naiveError")).isFalse();
  }

  @Test
  void aProposalIsJudgedByWhetherThingsWentItsWay() {
    ObjectNode figures =
        figures(
            Compare.PROPOSAL,
            new OutcomeFigures(
                Map.of("up", 10.0, "down", 10.0, "still", 10.0, "unsold", 10.0),
                Map.of("up", 9.8, "down", 9.0, "still", 9.51),
                Map.of("up", 9.5, "down", 9.5, "still", 9.5, "unsold", 9.5),
                false));

    assertThat(figures.path("sameWay").asInt()).isEqualTo(1);
    assertThat(figures.path("otherWay").asInt()).isEqualTo(1);
    assertThat(figures.path("unchanged").asInt()).isEqualTo(1);
    assertThat(figures.path("keys").asInt()).as("what nobody bought has no price").isEqualTo(3);
    assertThat(figures.has("error")).isFalse();
  }

  @Test
  void aSummaryComparesTheSameDaysAlone() {
    RehearsalSummary summary = new RehearsalSummary();
    summary.add(report(10, 2, 4.0));
    summary.add(report(10, 6, null));
    ObjectNode untold = Json.object();
    untold.putArray("changes");
    untold
        .putArray("outcomes")
        .addObject()
        .put("id", "demand")
        .put("title", "Demand")
        .put("compare", "forecast")
        .put("measure", "sales.quantity")
        .put("told", false);
    summary.add(untold);

    ObjectNode outcome = (ObjectNode) summary.json().path("outcomes").get(0);

    assertThat(outcome.path("days").asInt()).isEqualTo(2);
    assertThat(outcome.path("untold").asInt()).isEqualTo(1);
    assertThat(outcome.path("error").asDouble()).isEqualTo(0.4);
    assertThat(outcome.path("comparedDays").asInt()).isEqualTo(1);
    assertThat(outcome.path("comparedError").asDouble()).isEqualTo(0.2);
    assertThat(outcome.path("naiveError").asDouble()).isEqualTo(0.4);
  }

  private static ObjectNode report(double actual, double error, Double naive) {
    ObjectNode report = Json.object();
    report.putArray("changes");
    ObjectNode outcome = report.putArray("outcomes").addObject();
    outcome
        .put("id", "demand")
        .put("title", "Demand")
        .put("compare", "forecast")
        .put("measure", "sales.quantity")
        .put("told", true)
        .put("actual", actual)
        .put("error", error);
    if (naive != null) {
      outcome.put("naiveError", naive);
    }
    return report;
  }

  private static ObjectNode figures(Compare compare, OutcomeFigures figures) {
    ObjectNode outcome = Json.object();
    figures.writeTo(outcome, compare);
    return outcome;
  }
}
