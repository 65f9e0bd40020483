package dev.segue.server.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.model.Feel;
import dev.segue.server.http.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a package may say of its runs' outcomes. */
class DeclaredOutcomeTest {

  private final Feel feel = new Feel();

  @Test
  void aWholeOneIsFineAndRead() {
    ObjectNode written = outcome();

    assertThat(DeclaredOutcome.problems(List.of(written), feel)).isEmpty();
    DeclaredOutcome read = DeclaredOutcome.read(written);
    assertThat(read.compare()).isEqualTo(DeclaredOutcome.Compare.FORECAST);
    assertThat(read.measure()).isEqualTo(OutcomeMeasure.SALES_QUANTITY);
    assertThat(read.from()).isEqualTo("forecast.from");
  }

  @Test
  void saysWhatIsWrongWithWhichOne() {
    assertThat(problem(outcome().put("measure", "sales.mood")))
        .contains("demand", "sales.mood", "campaigns.cost");
    assertThat(problem(outcome().put("compare", "guess"))).contains("forecast or proposal");
    assertThat(problem(outcome().put("rows", "=for x in"))).contains("rows is not FEEL");
    assertThat(problem(outcome().put("from", "2026-01-01"))).contains("from is FEEL");
    assertThat(problem(outcome().put("unit", "kg"))).contains("no key unit");
    assertThat(problem(outcome().put("id", "No spaces"))).contains("a-z");
    assertThat(DeclaredOutcome.problems(List.of(outcome(), outcome()), feel))
        .singleElement()
        .asString()
        .contains("twice");
  }

  private String problem(ObjectNode written) {
    List<String> problems = DeclaredOutcome.problems(List.of(written), feel);
    assertThat(problems).hasSize(1);
    return problems.getFirst();
  }

  private static ObjectNode outcome() {
    return Json.object()
        .put("id", "demand")
        .put("title", "Demand")
        .put("measure", "sales.quantity")
        .put(
            "rows", "=for each in forecast.outlook return {key: each.itemId, expected: each.units}")
        .put("from", "=forecast.from")
        .put("to", "=forecast.to");
  }
}
