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

/** The rules within the diagram of the campaign tuning. */
class CampaignTuningTest {

  private static final Diagram DIAGRAM =
      Shipped.diagram(Path.of("campaign-tuning/campaign-tuning.bpmn"));
  private final Feel feel = new Feel();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                               | []
          {"held": ""}                     | []
          {"held": " brunch, lunch ; "}    | ["brunch","lunch"]
          {"held": ["brunch"]}             | ["brunch"]
          """)
  void takesHeldCampaignsAsAListOrAsPeopleTypeThem(String variables, String held) {
    assertThat(evaluate("held instance of", variables)).hasToString(held);
  }

  @Test
  void takesLimitsAsPeopleTypeThemOnePerLine() {
    JsonNode limits =
        evaluate("limits instance of", "{\"limits\": \"lunch, 20, 100\\n dinner; 30.5; 84 \\n\"}");
    assertThat(limits)
        .hasToString(
            "[{\"campaign\":\"lunch\",\"floor\":20,\"ceiling\":100},"
                + "{\"campaign\":\"dinner\",\"floor\":30.5,\"ceiling\":84}]");
    assertThat(evaluate("limits instance of", "{}")).isEmpty();
  }

  @Test
  void pausesNothingInAdSetsThatAreHeld() {
    assertThat(
            evaluate(
                    "comparison.pauses",
                    """
                    {"heldAdSets": ["b-all"],
                     "comparison": {"pauses": [{"adSetId": "a-all"}, {"adSetId": "b-all"}]}}
                    """)
                .findValuesAsString("adSetId"))
        .containsExactly("a-all");
  }

  @ParameterizedTest
  @CsvSource({"WORSE, true", "UNCLEAR, false", "BETTER, false", "UNMEASURABLE, false"})
  void takesBackOnlyWhatIsSurelyWorse(String verdict, boolean takesBack) {
    assertThat(
            evaluate("measured.verdict =", "{\"measured\": {\"verdict\": \"" + verdict + "\"}}")
                .booleanValue())
        .isEqualTo(takesBack);
  }

  private JsonNode evaluate(String part, String variables) {
    return feel.evaluate(expression(part), (ObjectNode) JsonMapper.shared().readTree(variables))
        .value();
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
