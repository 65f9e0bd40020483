package dev.segue.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.ExpressionSite;
import dev.segue.bpmn.model.Feel;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
    assertThat(evaluate("limits instance of", "{\"limits\": \"lunch, 20\"}"))
        .hasToString("[{\"campaign\":\"lunch\",\"floor\":20,\"ceiling\":null}]");
  }

  /** No campaign has such an id, so that planning refuses it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lunch, 20, 100 EUR",
        "lunch",
        "lunch, , 100",
        "lunch, -5, 100",
        "lunch, 20, 100, 7",
        ", 20"
      })
  void handsOnWholeALineThatItCannotRead(String line) {
    assertThat(evaluate("limits instance of", "{\"limits\": \"dinner, 1, 2\\n" + line + "\"}"))
        .hasToString(
            "[{\"campaign\":\"dinner\",\"floor\":1,\"ceiling\":2},{\"campaign\":\""
                + line
                + "\"}]");
  }

  @ParameterizedTest
  @CsvSource({
    "measureAfter, P14D",
    "escalateAfter, PT24H",
    "goal, CONVERSIONS",
    "brandName, our kitchen"
  })
  void takesWhatIsEmptyAsNotSet(String name, String usual) {
    String part = "get or else(" + name + ",";
    assertThat(evaluate(part, "{}").asString()).isEqualTo(usual);
    assertThat(evaluate(part, "{\"" + name + "\": \"\"}").asString()).isEqualTo(usual);
    assertThat(evaluate(part, "{\"" + name + "\": \"X\"}").asString()).isEqualTo("X");
  }

  @ParameterizedTest
  @CsvSource({
    "P14D, true",
    "P2W, true",
    "PT24H, true",
    "P1DT12H, true",
    "2 weeks, false",
    "14, false"
  })
  void asksForDurationsThatTimersRead(String typed, boolean fits) {
    JsonNode form = Shipped.json(Path.of("campaign-tuning/start.form"));
    assertThat(form.path("components").valueStream())
        .filteredOn(
            field ->
                List.of("measureAfter", "escalateAfter").contains(field.path("key").asString("")))
        .hasSize(2)
        .allSatisfy(
            field ->
                assertThat(
                        Pattern.compile(field.path("validate").path("pattern").asString(""))
                            .matcher(typed)
                            .find())
                    .isEqualTo(fits));
  }

  @Test
  void measuresTheGoalByTheChangesThatWereApplied() {
    assertThat(evaluate("[campaignChanges.id]", "{\"campaignChanges\": {\"id\": \"s1\"}}"))
        .hasToString("[\"s1\"]");
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
