package dev.segue.bpmn.model.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.StepKind;
import dev.segue.runtime.schema.Json;
import dev.segue.runtime.version.SemanticVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The templates of the plugins that come with Segue, by the descriptors that their builds keep. */
class ShippedTemplatesTest {

  private static final TemplateSchema SCHEMA = new TemplateSchema();

  static Stream<JsonNode> steps() throws IOException {
    try (Stream<Path> plugins = Files.list(Path.of("../../plugins"))) {
      return plugins
          .map(plugin -> plugin.resolve("src/main/segue/steps.json"))
          .filter(Files::exists)
          .toList()
          .stream()
          .flatMap(ShippedTemplatesTest::steps);
    }
  }

  @ParameterizedTest
  @MethodSource("steps")
  void fitsCamundasSchema(JsonNode step) {
    ObjectNode template =
        ElementTemplates.of(
            Steps.step(
                step.path("type").stringValue(),
                StepKind.valueOf(step.path("kind").stringValue()),
                step.path("icon").stringValue(),
                (ObjectNode) step.get("inputSchema"),
                (ObjectNode) step.get("outputSchema")),
            SemanticVersion.of(1, 0, 0));

    assertThat(SCHEMA.breaches(template)).isEmpty();
  }

  private static Stream<JsonNode> steps(Path file) {
    try {
      return Json.parse(Files.readString(file)).path("steps").valueStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
