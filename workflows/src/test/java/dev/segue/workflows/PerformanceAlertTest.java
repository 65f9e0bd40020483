package dev.segue.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.StepTask;
import java.nio.file.Path;
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

  @Test
  void takesTheAlertOfAMonitorAsItIs() {
    String alert = "{\"id\":\"a-1\",\"metric\":\"ad_cost\"}";
    assertThat(evaluate(start(), "{\"alert\": " + alert + "}"))
        .isEqualTo(JsonMapper.shared().readTree(alert));
  }

  private static String start() {
    return DIAGRAM.expressions().stream()
        .map(site -> site.text())
        .filter(text -> text.contains("by-hand-"))
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
