package dev.segue.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.ExpressionSite;
import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.StepTask;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The rules within the diagram of the performance alert. */
class PerformanceAlertTest {

  private static final Diagram DIAGRAM =
      Shipped.diagram(Path.of("performance-alert/performance-alert.bpmn"));
  private final Feel feel = new Feel();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ad_cost_per_conversion | METRICS   | ad_cost     | ad_conversions
          ad_cost_per_conversion | CAMPAIGNS | cost        | conversions
          ad_click_rate          | METRICS   | ad_clicks   | ad_impressions
          orders                 | METRICS   | orders      | null
          ad_conversions         | CAMPAIGNS | conversions | null
          """)
  void knowsWhatFiguresAreMadeOf(
      String metric, String source, String numerator, String denominator) {
    String variables =
        """
        {"alert": {"metric": "%s"}, "source": "%s", "numerator": null, "denominator": null}
        """
            .formatted(metric, source);
    assertThat(input("Explain the change", "numerator", variables).asString("null"))
        .isEqualTo(numerator);
    assertThat(input("Explain the change", "denominator", variables).asString("null"))
        .isEqualTo(denominator);
  }

  @Test
  void takesWhatPeopleSayThatFiguresAreMadeOf() {
    String variables =
        """
        {"alert": {"metric": "profit"}, "source": "METRICS",
         "numerator": "income", "denominator": "visits"}
        """;
    assertThat(input("Explain the change", "numerator", variables)).hasToString("\"income\"");
    assertThat(input("Explain the change", "denominator", variables)).hasToString("\"visits\"");
  }

  @Test
  void tellsWithoutAPictureWhereThereIsNone() {
    String text =
        """
        {"alertContext": {"text": "It is high."}, "explanation": null, "remedies": null,
         "chart": %s}
        """;
    assertThat(input("Tell of the alert", "text", text.formatted("null")))
        .hasToString("\"It is high.\"");
    assertThat(input("Tell of the alert", "attachments", text.formatted("null"))).isEmpty();
    assertThat(
            input(
                "Tell of the alert",
                "attachments",
                text.formatted("{\"sha256\": null, \"mediaType\": \"image/png\"}")))
        .as("in a simulation")
        .isEmpty();
    assertThat(
            input(
                "Tell of the alert",
                "attachments",
                text.formatted("{\"sha256\": \"ab\", \"mediaType\": \"image/png\"}")))
        .singleElement()
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    "{\"sha256\": \"ab\", \"name\": \"alert.png\", \"mediaType\": \"image/png\"}"));
  }

  @Test
  void saysThatTheAccountCouldNotBeRead() {
    String variables =
        """
        {"alertContext": {"text": "It is high."}, "explanation": null, "adAccount": null,
         "remedies": {"text": "- Watch only."}, "platformConnection": %s}
        """;
    assertThat(input("Tell of the alert", "text", variables.formatted("\"ads\"")).asString())
        .contains("The ad account could not be read in time", "What might help");
    assertThat(input("Tell of the alert", "text", variables.formatted("null")).asString())
        .doesNotContain("ad account");
  }

  @ParameterizedTest
  @CsvSource({"accountWithin, PT15M", "escalateAfter, PT4H", "recoverWithin, PT24H"})
  void takesADurationThatIsLeftEmptyAsUnset(String variable, String usual) {
    String expression = expression("else " + variable);
    assertThat(evaluate(expression, "{\"" + variable + "\": \"\"}").asString()).isEqualTo(usual);
    assertThat(evaluate(expression, "{}").asString()).isEqualTo(usual);
    assertThat(evaluate(expression, "{\"" + variable + "\": \"P2D\"}").asString()).isEqualTo("P2D");
  }

  @ParameterizedTest
  @CsvSource({
    "PT4H, true",
    "P2D, true",
    "P1W, true",
    "P1DT12H30M, true",
    "2 weeks, false",
    "4h, false",
    "P, false",
    "P1DT, false"
  })
  void refusesDurationsThatTheEngineCantRead(String duration, boolean fits) {
    JsonNode form = Shipped.json(Path.of("performance-alert/start.form"));
    assertThat(form.path("components").valueStream())
        .filteredOn(
            field ->
                List.of("accountWithin", "escalateAfter", "recoverWithin")
                    .contains(field.path("key").asString("")))
        .hasSize(3)
        .allSatisfy(
            field ->
                assertThat(
                        Pattern.compile(field.path("validate").path("pattern").asString(""))
                            .matcher(duration)
                            .find())
                    .isEqualTo(fits));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"metric": "ad_cost", "labels": "campaign=lunch\\n site = cafe"} | {"campaign":"lunch","site":"cafe"}
          {"metric": "ad_cost", "labels": ""}                              | {}
          {"metric": "ad_cost"}                                            | {}
          """)
  void takesLabelsAsPeopleTypeThem(String variables, String labels) {
    JsonNode alert = evaluate(start(), variables);
    assertThat(alert.path("labels")).isEqualTo(JsonMapper.shared().readTree(labels));
    assertThat(alert.path("id").asString()).startsWith("by-hand-");
    assertThat(alert.path("title").asString()).isEqualTo("ad_cost");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ad_cost_per_conversion | either | null   | LOWER
          ad_return              | above  | null   | HIGHER
          queue                  | above  | null   | LOWER
          orders                 | below  | null   | HIGHER
          orders                 | either | null   | null
          orders                 | above  | HIGHER | HIGHER
          """)
  void knowsWhichWayFiguresAreBetter(String metric, String direction, String said, String better) {
    String variables = "{\"alert\": {\"metric\": \"%s\", \"direction\": \"%s\"}, \"better\": %s}";
    String sides = said.equals("null") ? said : "\"" + said + "\"";
    assertThat(
            input("Suggest remedies", "better", variables.formatted(metric, direction, sides))
                .asString("null"))
        .isEqualTo(better);
  }

  @Test
  void knowsNoSideOfAnUnknownFigureByHand() {
    String variables = "{\"alert\": {\"metric\": \"orders\"}, \"better\": null}";
    assertThat(input("Suggest remedies", "better", variables).isNull()).isTrue();
  }

  @Test
  void takesTheAlertOfAMonitorAsItIs() {
    String alert = "{\"id\":\"a-1\",\"metric\":\"ad_cost\"}";
    assertThat(evaluate(start(), "{\"alert\": " + alert + "}"))
        .isEqualTo(JsonMapper.shared().readTree(alert));
  }

  private static String start() {
    return expression("by-hand-");
  }

  /** The first expression in the diagram that holds a text. */
  private static String expression(String part) {
    return DIAGRAM.expressions().stream()
        .map(ExpressionSite::text)
        .filter(text -> text.contains(part))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode input(String task, String target, String variables) {
    StepTask step =
        DIAGRAM.steps().stream().filter(one -> one.name().equals(task)).findFirst().orElseThrow();
    return step.inputs().stream()
        .filter(mapping -> mapping.target().equals(target))
        .map(mapping -> mapping.source().substring(1))
        .map(expression -> evaluate(expression, variables))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode evaluate(String expression, String variables) {
    return feel.evaluate(expression, (ObjectNode) JsonMapper.shared().readTree(variables)).value();
  }
}
