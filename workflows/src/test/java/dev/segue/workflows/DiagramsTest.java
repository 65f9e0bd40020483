package dev.segue.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.DiagramCheck;
import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.Finding;
import dev.segue.bpmn.model.StepTask;
import dev.segue.bpmn.model.Surroundings;
import dev.segue.bpmn.model.VariableMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whatever a shipped diagram refers to is there, and fits. */
class DiagramsTest {

  private static final Map<String, JsonNode> STEPS = Shipped.steps();

  static Stream<Path> diagrams() {
    return Shipped.packages().stream().flatMap(folder -> Shipped.files(folder, ".bpmn").stream());
  }

  @Test
  void thereAreWorkflows() {
    assertThat(diagrams()).isNotEmpty();
    assertThat(STEPS).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void nothingIsWrongWithADiagram(Path file) {
    Set<String> forms =
        Shipped.files(file.getParent(), ".form").stream()
            .map(form -> Shipped.json(form).path("id").asString())
            .collect(Collectors.toSet());
    Surroundings surroundings =
        new Surroundings(STEPS::containsKey, forms::contains, any -> false, any -> false);
    List<Finding> findings =
        new DiagramCheck(new Feel(), surroundings).check(Shipped.diagram(file));
    assertThat(findings)
        .filteredOn(finding -> finding.severity() != Finding.Severity.INFO)
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void eachStepGetsWhatItNeedsAndNothingElse(Path file) {
    for (StepTask step : Shipped.diagram(file).steps()) {
      JsonNode schema = STEPS.get(step.stepType()).path("inputSchema");
      List<String> given = step.inputs().stream().map(VariableMapping::target).toList();
      assertThat(schema.path("properties").propertyNames())
          .as("inputs of %s, as %s maps them", step.stepType(), step.name())
          .containsAll(given);
      List<String> required =
          schema.path("required").valueStream().map(JsonNode::asString).toList();
      assertThat(given).as("inputs of %s", step.name()).containsAll(required);
    }
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void eachFixedInputIsOneOfTheChoices(Path file) {
    for (StepTask step : Shipped.diagram(file).steps()) {
      JsonNode properties = STEPS.get(step.stepType()).path("inputSchema").path("properties");
      for (VariableMapping input : step.inputs()) {
        JsonNode choices = properties.path(input.target()).path("enum");
        if (!Feel.isExpression(input.source()) && choices.isArray()) {
          assertThat(choices.valueStream().map(JsonNode::asString))
              .as("%s of %s", input.target(), step.name())
              .contains(input.source());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("diagrams")
  void peopleReadANameOnEachElementThatIsMoreThanAJoin(Path file) {
    Diagram diagram = Shipped.diagram(file);
    assertThat(
            Stream.concat(
                diagram.steps().stream().map(step -> Map.entry(step.elementId(), step.name())),
                diagram.approvals().stream().map(task -> Map.entry(task.elementId(), task.name()))))
        .allSatisfy(named -> assertThat(named.getValue()).isNotEqualTo(named.getKey()));
  }
}
