package dev.segue.server.cli.nouns;

import dev.segue.runtime.catalogue.Catalogue;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Installed plugins. */
@Command(name = "plugins", description = "Installed plugins.")
final class PluginsCommand {

  private static final String FORCE = "Do it even if it leaves step types in use without a plugin.";

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

  @Command(name = "preview", description = "Show what installing a zip would bring.")
  void preview(@Parameters(paramLabel = "ZIP") Path zip) {
    PluginPreviewPage.show(session.out(), upload(zip));
  }

  @Command(
      name = "install",
      description = "Install or upgrade a plugin, after a look at what it brings.")
  void install(
      @Parameters(
              paramLabel = "ZIP|NAME[@RANGE]",
              description =
                  "A zip file, or a plugin of a catalogue with the versions that will do, such as"
                      + " bakery@^1.2.")
          String what,
      @Option(names = "--yes", description = "Install without a preview.") boolean yes,
      @Option(
              names = "--allow-unsigned",
              description = "Install it though no ZIP.sig lies beside it.")
          boolean allowUnsigned) {
    if (PluginOffersPage.isOffer(what)) {
      PluginOffersPage.install(session, what, yes);
      return;
    }
    Path zip = Path.of(what);
    if (!yes) {
      PluginPreviewPage.show(session.out(), upload(zip));
      session.out().remark("Nothing is installed yet. Add --yes to install it.");
      return;
    }
    JsonNode made =
        session
            .api()
            .upload(
                ApiPath.of("plugins")
                    .with("signature", signature(zip))
                    .with("allowUnsigned", insisted(allowUnsigned)),
                "application/zip",
                content(zip));
    String id = Json.text(made, "id");
    session
        .out()
        .done(
            made,
            "Installed %s %s. `segue plugins rollback %s` goes back to the version before."
                .formatted(id, Json.text(made, "version"), id));
  }

  @Command(name = "search", description = "Look for plugins in the catalogues.")
  void search(
      @Parameters(
              arity = "0..*",
              paramLabel = "WORD",
              description = "Found in ids, step types or texts; without words all are listed.")
          @Nullable List<String> words,
      @Option(
              names = "--updates",
              description = "Only those of which an older version is installed.")
          boolean updates) {
    PluginOffersPage.search(session, words == null ? "" : String.join(" ", words), updates);
  }

  @Command(
      name = "index",
      description = {
        "Make the list of a folder of zips, and sign it.",
        "Serve the folder by https or share it; others add it with `plugins catalogues add`."
      })
  void index(
      @Parameters(paramLabel = "DIR") Path folder,
      @Option(
              names = "--key",
              required = true,
              paramLabel = "FILE",
              description = "As `plugins keys new` makes it.")
          Path key,
      @Option(
              names = "--title",
              paramLabel = "TEXT",
              description = "For people.",
              defaultValue = "")
          String title) {
    byte[] list = PluginOffersPage.index(folder, title);
    Path file = folder.resolve(Catalogue.FILE);
    PluginKeysCommand.write(file, new String(list, StandardCharsets.UTF_8));
    PluginKeysCommand.write(signatureFile(file), PluginKeysCommand.signed(key, list) + "\n");
    session.out().line("Wrote " + file + " and " + signatureFile(file) + ".");
  }

  @Command(name = "enable", description = "Let a version of a plugin serve.")
  void enable(
      @Parameters(paramLabel = "PLUGIN") String plugin,
      @Parameters(paramLabel = "VERSION") String version) {
    session.out().done(session.api().post(path(plugin, version, "enablement")), "Enabled.");
  }

  @Command(name = "disable", description = "Take a version of a plugin out of service.")
  void disable(
      @Parameters(paramLabel = "PLUGIN") String plugin,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--force", description = FORCE) boolean force) {
    ApiPath path = path(plugin, version, "disablement").with("force", insisted(force));
    session.out().done(session.api().post(path), "Disabled. Steps that it runs may end.");
  }

  @Command(
      name = "quarantine",
      description = "Take a version that does harm out of service; `enable` ends it.")
  void quarantine(
      @Parameters(paramLabel = "PLUGIN") String plugin,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--reason", required = true, description = "What it does.") String reason) {
    session
        .out()
        .done(
            session
                .api()
                .post(path(plugin, version, "quarantine"), Json.object().put("reason", reason)),
            "Quarantined. Its jobs wait, or go to an older version that serves them.");
  }

  @Command(name = "rollback", description = "Go back to the version before.")
  void rollback(
      @Parameters(paramLabel = "PLUGIN") String plugin,
      @Option(names = "--force", description = FORCE) boolean force) {
    ApiPath path = ApiPath.of("plugins", plugin, "rollback").with("force", insisted(force));
    JsonNode now = session.api().post(path);
    session
        .out()
        .done(now, "Version " + Json.text(now, "version") + " of " + plugin + " serves now.");
  }

  @Command(name = "remove", description = "Remove a version of a plugin from all servers.")
  void remove(
      @Parameters(paramLabel = "PLUGIN") String plugin,
      @Parameters(paramLabel = "VERSION") String version,
      @Option(names = "--force", description = FORCE) boolean force) {
    ApiPath path = ApiPath.of("plugins", plugin, "versions", version);
    session.out().done(session.api().delete(path.with("force", insisted(force))), "Removed.");
  }

  private static ApiPath path(String plugin, String version, String deed) {
    return ApiPath.of("plugins", plugin, "versions", version, deed);
  }

  private static @Nullable String insisted(boolean force) {
    return force ? "true" : null;
  }

  private JsonNode upload(Path zip) {
    return session
        .api()
        .upload(
            ApiPath.of("plugins").with("preview", "true").with("signature", signature(zip)),
            "application/zip",
            content(zip));
  }

  @Command(
      name = "sign",
      description = "Sign a zip; the signature is written beside it, to ZIP.sig.")
  void sign(
      @Parameters(paramLabel = "ZIP") Path zip,
      @Option(
              names = "--key",
              required = true,
              paramLabel = "FILE",
              description = "As `plugins keys new` makes it.")
          Path key) {
    String made = PluginKeysCommand.signed(key, content(zip)) + "\n";
    PluginKeysCommand.write(signatureFile(zip), made);
    session.out().line("Signed: " + signatureFile(zip));
  }

  private static @Nullable String signature(Path zip) {
    Path file = signatureFile(zip);
    return Files.exists(file) ? new String(content(file), StandardCharsets.UTF_8).strip() : null;
  }

  private static Path signatureFile(Path zip) {
    return zip.resolveSibling(zip.getFileName() + ".sig");
  }

  private static byte[] content(Path zip) {
    try {
      return Files.readAllBytes(zip);
    } catch (IOException e) {
      throw CliException.wrongUse("can't read " + zip + ": " + e.getMessage());
    }
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
        Column.of("trust", "trust"),
        Column.time("installed", "installedAt"));
    if (found.path("versions").size() > 1) {
      out.heading("Versions");
      out.table(
          found.path("versions"),
          Column.of("VERSION", "version"),
          Column.of("STATE", "state"),
          Column.time("INSTALLED", "installedAt"),
          Column.of("TRUST", "trust"),
          Column.cut("MESSAGE", "message"));
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
