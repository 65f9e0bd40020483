package dev.segue.workflows;

import dev.segue.bpmn.model.Diagram;
import dev.segue.bpmn.model.DiagramLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packages of this module, and the steps of the plugins beside it. */
final class Shipped {

  private static final JsonMapper JSON = JsonMapper.shared();

  private Shipped() {}

  /** The folders that hold a workflow. */
  static List<Path> packages() {
    try (Stream<Path> folders = Files.list(Path.of(""))) {
      return folders.filter(folder -> Files.exists(folder.resolve("workflow.yaml"))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A package's files with one of some endings, such as {@code .bpmn}. */
  static List<Path> files(Path folder, String... endings) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Diagram diagram(Path file) {
    return Diagram.parse(file.getFileName().toString(), read(file), DiagramLimits.DEFAULT);
  }

  static JsonNode json(Path file) {
    return JSON.readTree(read(file));
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The descriptors of all steps of the shipped plugins, by step type. */
  static Map<String, JsonNode> steps() {
    Map<String, JsonNode> steps = new HashMap<>();
    try (Stream<Path> plugins = Files.list(Path.of("../plugins"))) {
      plugins
          .map(plugin -> plugin.resolve("src/main/segue/steps.json"))
          .filter(Files::exists)
          .forEach(
              file ->
                  json(file)
                      .path("steps")
                      .forEach(step -> steps.put(step.path("type").asString(), step)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return steps;
  }
}
