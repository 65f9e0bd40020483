package dev.segue.server.cli.nouns;

import dev.segue.runtime.catalogue.CatalogueException;
import dev.segue.runtime.catalogue.CatalogueIndex;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plugins of catalogues, on the terminal. */
final class PluginOffersPage {

  private PluginOffersPage() {}

  /** Whether somebody names a plugin of a catalogue rather than a file. */
  static boolean isOffer(String what) {
    return what.matches("[a-z0-9-]{2,40}(@.*)?") && !Files.exists(Path.of(what));
  }

  static void search(Session session, String words, boolean updates) {
    JsonNode found =
        session
            .api()
            .get(
                ApiPath.of("plugin-offers")
                    .with("q", words.isBlank() ? null : words)
                    .with("updates", updates ? "true" : null));
    Output out = session.out();
    if (out.isJson()) {
      out.json(found);
      return;
    }
    if (found.path("items").isEmpty()) {
      out.line(
          updates
              ? "No installed plugin has a newer version in a catalogue."
              : "No plugins found. `segue plugins catalogues list` shows where was looked.");
    } else {
      out.table(
          found.path("items"),
          Column.of("ID", "id"),
          Column.of("VERSION", "version"),
          Column.of("INSTALLED", "installed"),
          Column.of("CATALOGUE", "catalogue"),
          Column.of("SIGNED BY", "signedBy"),
          Column.cut("DESCRIPTION", "description"));
    }
    for (JsonNode one : found.path("unusable")) {
      out.remark(
          "The catalogue %s can't be used: %s"
              .formatted(Json.text(one, "catalogue"), Json.text(one, "reason")));
    }
  }

  static void install(Session session, String what, boolean yes) {
    int at = what.indexOf('@');
    String plugin = at < 0 ? what : what.substring(0, at);
    ObjectNode wish = Json.object().put("preview", !yes);
    if (at >= 0) {
      wish.put("range", what.substring(at + 1));
    }
    JsonNode answer = session.api().post(ApiPath.of("plugin-offers", plugin, "installation"), wish);
    if (!yes) {
      PluginPreviewPage.show(session.out(), answer);
      session.out().remark("Nothing is installed yet. Add --yes to install it.");
      return;
    }
    session
        .out()
        .done(
            answer,
            "Installed %s %s. `segue plugins rollback %s` goes back to the version before."
                .formatted(plugin, Json.text(answer, "version"), plugin));
  }

  /** The list of all zips in a folder. */
  static byte[] index(Path folder, String title) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> zips = files.filter(file -> file.toString().endsWith(".zip")).sorted().toList();
      if (zips.isEmpty()) {
        throw CliException.wrongUse("there is no zip in " + folder + ".");
      }
      return CatalogueIndex.of(title, zips);
    } catch (CatalogueException e) {
      throw CliException.failed(e.getMessage() + ".");
    } catch (IOException e) {
      throw CliException.wrongUse("can't read " + folder + ": " + e.getMessage());
    }
  }
}
