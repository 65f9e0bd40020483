package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is said of a trigger of any kind. */
final class TriggerOptions {

  private static final int NOT_FOUND = 404;

  @Option(names = "--workflow", required = true, paramLabel = "WORKFLOW")
  private String workflow = "";

  @Option(
      names = "--var",
      paramLabel = "NAME=TEXT|NAME:=JSON",
      description = "A variable of each run.")
  private @Nullable List<String> variables;

  @Option(names = "--vars", paramLabel = "FILE", description = "Variables in YAML or JSON.")
  private @Nullable Path variablesFile;

  @Option(
      names = "--map",
      paramLabel = "NAME=FEEL",
      description = "A variable by an expression over event, trigger and site; may be repeated.")
  private @Nullable List<String> mapping;

  @Option(names = "--simulate", description = "The runs only rehearse.")
  private boolean simulate;

  @Option(names = "--title", paramLabel = "TEXT")
  private @Nullable String title;

  /** The trigger, without the settings of its kind. */
  ObjectNode body() {
    ObjectNode body = Json.object().put("workflow", workflow);
    body.put("mode", simulate ? "simulated" : "live");
    body.set("variables", Values.collect("--var", variablesFile, variables));
    if (mapping != null) {
      ObjectNode written = body.putObject("mapping");
      for (String one : mapping) {
        int equals = one.indexOf('=');
        if (equals < 1) {
          throw CliException.wrongUse(
              "--map: `%s` has no expression. Write name=expression.".formatted(one));
        }
        written.put(one.substring(0, equals), one.substring(equals + 1));
      }
    }
    if (title != null) {
      body.put("title", title);
    }
    return body;
  }

  /**
   * Adds a trigger or replaces it.
   *
   * @param tag of what is replaced, as {@link #tag} told
   */
  static JsonNode save(ApiClient api, String id, JsonNode body, @Nullable String tag) {
    return api.put(ApiPath.of("triggers", id), body, tag);
  }

  /** Of the trigger that is there; null if there is none. */
  static @Nullable String tag(ApiClient api, String id) {
    try {
      return api.read(ApiPath.of("triggers", id)).etag();
    } catch (CliException e) {
      if (e.status() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }
}
