package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Places where others offer plugins. */
@Command(name = "catalogues", description = "Places where others offer plugins.")
final class PluginCataloguesCommand {

  private final Session session;

  PluginCataloguesCommand(Session session) {
    this.session = session;
  }

  @Command(
      name = "list",
      description = "List the catalogues; where two offer a plugin, the first counts.")
  void list() {
    session
        .out()
        .list(
            session.api().listWhole(ApiPath.of("plugin-catalogues")),
            "No catalogues. Add one with `segue plugins catalogues add NAME PLACE`.",
            Column.of("NAME", "name"),
            Column.of("PLACE", "place"),
            Column.of("ADDED BY", "addedBy"),
            Column.time("ADDED", "addedAt"));
  }

  @Command(
      name = "add",
      description = {
        "Add a catalogue.",
        "Its list must be signed with a trusted key; see `segue plugins keys`."
      })
  void add(
      @Parameters(paramLabel = "NAME") String name,
      @Parameters(
              paramLabel = "PLACE",
              description = "An https address, or a folder that every server sees.")
          String place) {
    String where =
        Files.isDirectory(Path.of(place)) ? Path.of(place).toAbsolutePath().toString() : place;
    JsonNode made =
        session
            .api()
            .post(
                ApiPath.of("plugin-catalogues"),
                Json.object().put("name", name).put("place", where));
    session
        .out()
        .done(
            made,
            "Added. It lists %s plugins: `segue plugins search`."
                .formatted(Json.text(made, "plugins")));
  }

  @Command(name = "remove", description = "Remove a catalogue; what was installed from it stays.")
  void remove(@Parameters(paramLabel = "NAME") String name) {
    session.out().done(session.api().delete(ApiPath.of("plugin-catalogues", name)), "Removed.");
  }
}
