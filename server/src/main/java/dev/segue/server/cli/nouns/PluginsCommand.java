package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Installed plugins. */
@Command(name = "plugins", description = "Installed plugins.")
final class PluginsCommand {

  private final Session session;

  PluginsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the plugins.")
  void list() {
    session
        .out()
        .list(
            session.api().listWhole(ApiPath.of("plugins")),
            "No plugins. Put a plugin's zip into the folder `plugins` of the home folder.",
            Column.of("ID", "id"),
            Column.of("VERSION", "version"),
            Column.of("STATE", "state"),
            Column.of("SOURCE", "source"),
            Column.of("TITLE", "title"),
            Column.cut("MESSAGE", "message"));
  }

  @Command(name = "show", description = "Show a plugin with its steps.")
  void show(@Parameters(paramLabel = "PLUGIN") String plugin) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("plugins", plugin));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("plugin", "id"),
        Column.of("title", "title"),
        Column.of("version", "version"),
        Column.of("state", "state"),
        Column.of("message", "message"),
        Column.of("provider", "provider"),
        Column.of("license", "license"),
        Column.of("source", "source"),
        Column.time("installed", "installedAt"));
    if (found.path("versions").size() > 1) {
      out.heading("Versions");
      out.table(
          found.path("versions"),
          Column.of("VERSION", "version"),
          Column.of("STATE", "state"),
          Column.time("INSTALLED", "installedAt"));
    }
    if (!found.path("steps").isEmpty()) {
      out.heading("Steps");
      out.table(found.path("steps"), StepsCommand.COLUMNS);
    }
    if (!found.path("connectionTypes").isEmpty()) {
      out.heading("Connection types");
      out.table(found.path("connectionTypes"), ConnectionsCommand.TYPE_COLUMNS);
    }
  }
}
