package dev.segue.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.ExpressionSite;
import dev.segue.bpmn.model.Feel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The rules within the diagram of the daily optimization. */
class DailyOptimizationTest {

  private static final Diagram DIAGRAM =
      Shipped.diagram(Path.of("daily-optimization/daily-optimization.bpmn"));
  private final Feel feel = new Feel();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                       | []
          {"announceTo": ""}                                       | []
          {"announceTo": " ann@example.com,bob@example.com ;  "}   | ["ann@example.com","bob@example.com"]
          {"announceTo": ["ann@example.com"]}                      | ["ann@example.com"]
          """)
  void takesAddressesAsAListOrAsPeopleTypeThem(String variables, String addresses) {
    assertThat(evaluate("announceTo instance of", variables)).hasToString(addresses);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"forecast": {"naiveBecause": "no model", "madeOn": "2026-11-24"}} | true
          {"forecast": {"naiveBecause": null, "madeOn": "2026-11-24"}}       | false
          {"forecast": {"naiveBecause": null, "madeOn": "2026-11-23"}}       | true
          """)
  void trainsWithoutAModelAndOnTrainingDays(String variables, boolean trains) {
    ObjectNode given = object(variables).put("trainingDay", "Monday");
    assertThat(feel.evaluate(expression("day of week"), given).value().booleanValue())
        .isEqualTo(trains);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"chatConnection": "kitchen", "mailConnection": null, "operationsAddress": null}    | true
          {"chatConnection": null, "mailConnection": "smtp", "operationsAddress": "a@b.test"} | true
          {"chatConnection": null, "mailConnection": "smtp", "operationsAddress": null}       | false
          {"chatConnection": null, "mailConnection": null, "operationsAddress": "a@b.test"}   | false
          """)
  void tellsOperationsWhereverTheyCanBeReached(String variables, boolean tells) {
    assertThat(evaluate("chatConnection != null or", variables).booleanValue()).isEqualTo(tells);
  }

  @Test
  void joinsTheTextsOfSeveralPromotionsIntoOneEmail() {
    assertThat(
            evaluate(
                    "string join(for text",
                    "{\"promotionTexts\": {\"texts\": [{\"emailBody\": \"A\"}, {\"emailBody\": \"B\"}]}}")
                .asString())
        .isEqualTo("A\n\nB");
  }

  @Test
  void sumsUpADayOnWhichNothingWasSent() {
    JsonNode summary =
        evaluate(
            "{site: segue.site",
            """
            {"segue": {"site": "cafe"}, "imported": {"newLines": 5}, "forecast": {"method": "XGBoost"},
             "applied": {"prices": 2, "promotions": 1, "refused": 0},
             "proposals": {"margin": 12.5, "currency": "EUR", "summary": "S.", "featured": [], "dropCandidates": []},
             "approval": {"by": "ann"}}
            """);
    assertThat(summary.path("messages").intValue()).isZero();
    assertThat(summary.path("text").asString())
        .isEqualTo("2 prices changed and 1 promotions planned. S.");
  }

  private JsonNode evaluate(String part, String variables) {
    return feel.evaluate(expression(part), object(variables)).value();
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) JsonMapper.shared().readTree(json);
  }

  /** The first expression in the diagram that holds a text. */
  private static String expression(String part) {
    return DIAGRAM.expressions().stream()
        .map(ExpressionSite::text)
        .filter(expression -> expression.contains(part))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no expression of the diagram holds " + part));
  }
}
