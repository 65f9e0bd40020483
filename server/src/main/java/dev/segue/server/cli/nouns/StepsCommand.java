package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.api.Listing;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What plugins can do. */
@Command(name = "steps", description = "Step types that plugins serve.")
final class StepsCommand {

  static final Column[] COLUMNS = {
    Column.of("TYPE", "type"),
    Column.of("VERSION", "pluginVersion"),
    Column.of("EFFECT", "effect"),
    Column.of("LOAD", "load"),
    Column.of("CONNECTIONS", "connectionTypes"),
    Column.cut("TITLE", "title"),
  };

  /** What a trial may take beside the step: a wait for a place, and for a step that won't end. */
  private final Session session;

  StepsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the step types.")
  void list() {
    session
        .out()
        .list(
            session.api().listWhole(ApiPath.of("steps")),
            "No step types. `segue plugins list` shows which plugins are enabled.",
            COLUMNS);
  }

  @Command(name = "show", description = "Show a step type with its schemas.")
  void show(@Parameters(paramLabel = "TYPE") String type) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("steps", type));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("type", "type"),
        Column.of("title", "title"),
        Column.of("description", "description"),
        Column.of("plugin", "plugin"),
        Column.of("version", "pluginVersion"),
        Column.of("effect", "effect"),
        Column.of("load", "load"),
        Column.of("connections", "connectionTypes"));
    for (String part : List.of("input", "output", "example")) {
      if (found.path(part).isObject()) {
        out.heading(part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
        out.document(Json.pretty(found.path(part)));
      }
    }
  }

  @Command(
      name = "try",
      description = {
        "Run one step in simulated mode, and show its result, log and changes.",
        "Nothing outside is altered. For the apply half of a change step, give the input of plan."
      })
  int tryStep(
      @Parameters(paramLabel = "TYPE") String type,
      @Option(
              names = "--plugin-version",
              paramLabel = "VERSION",
              description = "The one that serves without it.")
          @Nullable String pluginVersion,
      @Mixin TrialOptions options) {
    return StepTrial.run(session, type, pluginVersion, options) ? 0 : CliException.FAILED;
  }

  @Command(
      name = "templates",
      description = {
        "Write the step types' element templates, for Camunda's Modeler.",
        "Without --out they go to the standard output, as one array."
      })
  void templates(
      @Option(
              names = "--out",
              paramLabel = "DIR",
              description =
                  "One file for each step type there, such as the Modeler's"
                      + " resources/element-templates.")
          @Nullable Path folder,
      @Option(names = "--plugin", paramLabel = "ID", description = "Only those of this plugin.")
          @Nullable String plugin) {
    Output out = session.out();
    JsonNode templates = session.api().get(ApiPath.of("steps", "templates").with("plugin", plugin));
    if (folder == null) {
      out.json(templates);
      return;
    }
    out.list(
        new Listing(TemplateFiles.write(templates, folder), false),
        "No step types. `segue plugins list` shows which plugins are enabled.",
        Column.of("TYPE", "type"),
        Column.of("TEMPLATE", "version"),
        Column.of("FILE", "file"));
  }
}
