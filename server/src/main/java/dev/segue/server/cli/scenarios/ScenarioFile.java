package dev.segue.server.cli.scenarios;

import dev.segue.server.cli.api.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A scenario and where it stands.
 *
 * @param name the file's name without its ending
 */
public record ScenarioFile(String name, Scenario scenario) {

  private static final String ENDING = ".yaml";
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Reads the scenarios of a package, by name. */
  public static List<ScenarioFile> of(Path workflow) {
    Path folder = workflow.resolve("scenarios");
    if (!Files.isDirectory(folder)) {
      throw CliException.wrongUse(
          workflow + " has no folder scenarios. Name a workflow package that has one.");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ENDING))
          .sorted()
          .map(ScenarioFile::read)
          .toList();
    } catch (IOException e) {
      throw CliException.failed(folder + " can't be read (" + e.getMessage() + ").", e);
    }
  }

  static ScenarioFile read(Path file) {
    String name = file.getFileName().toString();
    try {
      Scenario scenario = YAML.readValue(Files.readAllBytes(file), Scenario.class);
      check(file, scenario);
      return new ScenarioFile(name.substring(0, name.length() - ENDING.length()), scenario);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw CliException.wrongUse(
          file
              + (line > 0 ? ", line " + line : "")
              + ": "
              + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("not YAML"));
    } catch (IOException e) {
      throw CliException.failed(file + " can't be read (" + e.getMessage() + ").", e);
    }
  }

  private static void check(Path file, Scenario scenario) {
    Scenario.Then then = scenario == null ? null : scenario.then();
    if (scenario == null || scenario.title() == null || then == null || then.end() == null) {
      throw CliException.wrongUse(file + ": a scenario needs a title and an end under then.");
    }
    for (Scenario.Act act : Objects.requireNonNullElse(scenario.when(), List.<Scenario.Act>of())) {
      if (act.message() == null && (act.approval() == null || act.decide() == null)) {
        throw CliException.wrongUse(
            file + ": each part of when needs an approval and what to decide, or a message.");
      }
    }
  }

  /** What it shows, in a sentence. */
  public String title() {
    return Objects.requireNonNull(scenario.title());
  }

  Scenario.Given given() {
    return Objects.requireNonNullElse(scenario.given(), Scenario.Given.NOTHING);
  }

  List<Scenario.Act> acts() {
    return Objects.requireNonNullElse(scenario.when(), List.of());
  }

  Scenario.Then then() {
    return Objects.requireNonNull(scenario.then());
  }
}
