package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.session.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** With what a step is tried. */
public final class TrialOptions {

  private static final String STANDARD_INPUT = "-";

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "The input in YAML or JSON; `-` reads JSON from standard input.")
  private @Nullable String input;

  @Option(
      names = "--var",
      paramLabel = "NAME=TEXT|NAME:=JSON",
      description = "A field of the input; may be repeated.")
  private @Nullable List<String> variables;

  @Option(
      names = "--connection",
      paramLabel = "[FIELD=]NAME",
      description = "A connection; FIELD is needed where the step takes several.")
  private @Nullable List<String> connections;

  @Option(names = "--site", paramLabel = "ID")
  private @Nullable String site;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long it may take, at most 300 (${DEFAULT-VALUE}).")
  private int timeout = 60;

  /** The file with the input, if there is one, so that a change of it can be seen. */
  public Optional<Path> inputFile() {
    return Optional.ofNullable(input).filter(name -> !name.equals(STANDARD_INPUT)).map(Path::of);
  }

  int timeoutSeconds() {
    return timeout;
  }

  /** The call's body; {@code step} is asked for only where a connection comes without its field. */
  ObjectNode body(Terminal terminal, Supplier<JsonNode> step) {
    if (timeout < 1 || timeout > 300) {
      throw CliException.wrongUse("--timeout must be from 1 to 300 seconds.");
    }
    ObjectNode body = Json.object().put("timeoutSeconds", timeout);
    body.set("input", input(terminal));
    if (connections != null) {
      ObjectNode named = body.putObject("connections");
      for (String connection : connections) {
        int equals = connection.indexOf('=');
        named.put(
            equals < 0 ? onlyConnectionField(step.get()) : connection.substring(0, equals),
            connection.substring(equals + 1));
      }
    }
    if (site != null) {
      body.put("site", site);
    }
    return body;
  }

  private ObjectNode input(Terminal terminal) {
    if (!STANDARD_INPUT.equals(input)) {
      return Values.collect("--var", input == null ? null : Path.of(input), variables);
    }
    ObjectNode values = piped(terminal);
    values.setAll(Values.collect("--var", null, variables));
    return values;
  }

  private static ObjectNode piped(Terminal terminal) {
    try {
      String text = new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8);
      if (Json.parse(text).orElse(null) instanceof ObjectNode object) {
        return object;
      }
      throw CliException.wrongUse("standard input holds no JSON object.");
    } catch (IOException e) {
      throw CliException.failed("standard input can't be read.", e);
    }
  }

  private static String onlyConnectionField(JsonNode step) {
    List<String> fields = new ArrayList<>();
    step.path("input")
        .path("properties")
        .properties()
        .forEach(
            field -> {
              if (field.getValue().has("x-segue-connection")) {
                fields.add(field.getKey());
              }
            });
    if (fields.size() == 1) {
      return fields.getFirst();
    }
    throw CliException.wrongUse(
        fields.isEmpty()
            ? "--connection: the step takes none."
            : "--connection: the step takes several. Write FIELD=NAME with one of "
                + String.join(", ", fields)
                + ".");
  }
}
