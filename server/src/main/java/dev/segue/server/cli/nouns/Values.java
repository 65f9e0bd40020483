package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Values given on the command line: {@code name=text}, {@code name:=json}, or in a file. */
final class Values {

  private Values() {}

  /**
   * Collects values; single ones win over those of the file.
   *
   * @param option for the message
   */
  static ObjectNode collect(
      String option, @Nullable Path file, @Nullable List<String> assignments) {
    ObjectNode values = file == null ? Json.object() : read(file);
    for (String assignment : assignments == null ? List.<String>of() : assignments) {
      assign(values, option, assignment);
    }
    return values;
  }

  /** Sets one value from {@code name=text} or {@code name:=json}. */
  static void assign(ObjectNode values, String option, String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1 || assignment.startsWith(":=")) {
      throw CliException.wrongUse(
          "%s: `%s` has no value. Write name=text or name:=json.".formatted(option, assignment));
    }
    String text = assignment.substring(equals + 1);
    if (assignment.charAt(equals - 1) != ':') {
      values.put(assignment.substring(0, equals), text);
      return;
    }
    String name = assignment.substring(0, equals - 1);
    values.set(
        name,
        Json.parse(text)
            .orElseThrow(
                () ->
                    CliException.wrongUse(
                        "%s %s: `%s` is not JSON. Put text in quotes, or write %s=%s."
                            .formatted(option, name, text, name, text))));
  }

  /** Reads an object from a YAML or JSON file. */
  static ObjectNode read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw CliException.wrongUse("%s can't be read. Check its name and rights.".formatted(file));
    }
    try {
      YAMLMapper mapper =
          YAMLMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
      JsonNode tree = mapper.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw CliException.wrongUse(
          "%s holds no object. Write `name: value` lines or a JSON object.".formatted(file));
    } catch (JacksonException e) {
      throw CliException.wrongUse(
          "%s, line %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()));
    }
  }
}
