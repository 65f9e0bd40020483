package dev.segue.server.plugins;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** What an administrator does with plugin versions, each deed with its audit entry. */
final class VersionChanges {

  private static final int MOST_NAMED = 5;

  private final PluginHost host;
  private final StepUse use;
  private final PluginKeys keys;
  private final Database database;
  private final Audit audit;

  VersionChanges(PluginHost host, StepUse use, PluginKeys keys, Database database, Audit audit) {
    this.host = host;
    this.use = use;
    this.keys = keys;
    this.database = database;
    this.audit = audit;
  }

  /** Who vouches for a zip, if it is signed. */
  Optional<PluginTrust> trust(byte[] zip, Optional<String> signature) {
    return signer(zip, signature, true).map(key -> new PluginTrust.SignedBy(key.id(), key.name()));
  }

  /** Tells what installing the content of a zip would bring; changes nothing. */
  PluginPreview preview(byte[] zip) throws IOException {
    return withFile(zip, file -> host.preview(file, use));
  }

  /** Installs the content of a zip whose signature is trusted, or that is allowed without one. */
  InstalledPlugin install(byte[] zip, Optional<String> signature, boolean allowUnsigned, String by)
      throws IOException {
    Optional<PluginKeys.Key> signer = signer(zip, signature, allowUnsigned);
    PluginTrust trust =
        signer
            .<PluginTrust>map(key -> new PluginTrust.SignedBy(key.id(), key.name()))
            .orElseGet(() -> new PluginTrust.AllowedBy(by));
    InstalledPlugin installed = withFile(zip, file -> host.install(file, trust, by));
    ObjectNode detail = detail(installed.version());
    detail.put("signedBy", signer.map(PluginKeys.Key::id).orElse(null));
    record(by, "plugin.install", installed.version(), detail);
    return installed;
  }

  /** Tells what installing a zip would bring; changes nothing. */
  PluginPreview preview(Path zip) throws IOException {
    return checked(zip, file -> host.preview(file, use));
  }

  /** Installs a zip from a catalogue, whose signed list speaks for it. */
  InstalledPlugin install(Path zip, PluginTrust.SignedBy signer, String catalogue, String by)
      throws IOException {
    InstalledPlugin installed = checked(zip, file -> host.install(file, signer, by));
    ObjectNode detail = detail(installed.version());
    record(
        by,
        "plugin.install",
        installed.version(),
        detail.put("signedBy", signer.keyId()).put("catalogue", catalogue));
    return installed;
  }

  private Optional<PluginKeys.Key> signer(
      byte[] zip, Optional<String> signature, boolean allowUnsigned) {
    try {
      return keys.check(zip, signature, allowUnsigned);
    } catch (PluginRefusedException e) {
      throw ApiException.invalid("signature", String.valueOf(e.getMessage()));
    }
  }

  /** What is done with an uploaded zip. */
  private interface ZipUse<T> {
    T with(Path file) throws PluginRefusedException, IOException;
  }

  private static <T> T withFile(byte[] zip, ZipUse<T> use) throws IOException {
    Path folder = Files.createTempDirectory("segue-upload");
    Path file = folder.resolve("upload.zip");
    try {
      return checked(Files.write(file, zip), use);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static <T> T checked(Path zip, ZipUse<T> use) throws IOException {
    try {
      return use.with(zip);
    } catch (PluginRefusedException e) {
      throw ApiException.invalid("body", String.valueOf(e.getMessage()));
    }
  }

  InstalledPlugin enable(String plugin, String version, String by) {
    PluginVersionRow row = require(plugin, version);
    if (row.state() == PluginState.REMOVED) {
      throw ApiException.conflict(
          "The plugin %s %s was removed. Install its zip again.".formatted(plugin, version));
    }
    InstalledPlugin enabled = host.enable(plugin, version);
    if (enabled.version().state() == PluginState.REFUSED) {
      throw ApiException.conflict(enabled.version().message());
    }
    record(by, "plugin.enable", row);
    return enabled;
  }

  InstalledPlugin disable(String plugin, String version, boolean force, String by) {
    PluginVersionRow row = inPlace(plugin, version);
    refuseIfNeeded(row, Set.of(), force, "Disabling");
    InstalledPlugin disabled = host.disable(plugin, version);
    record(by, "plugin.disable", row);
    return disabled;
  }

  /** Takes a version out of service because of what it does; never refused for its use. */
  InstalledPlugin quarantine(String plugin, String version, String reason, String by) {
    inPlace(plugin, version);
    return host.quarantine(plugin, version, reason.replaceAll("[. ]+$", ""), by)
        .orElseThrow(() -> ApiException.notFound("plugin version", plugin + " " + version));
  }

  void remove(String plugin, String version, boolean force, String by) {
    PluginVersionRow row = inPlace(plugin, version);
    refuseIfNeeded(row, Set.of(), force, "Removing");
    host.remove(plugin, version);
    record(by, "plugin.remove", row);
  }

  /** Lets the version before the newest that serves do its work, and disables that one. */
  InstalledPlugin rollBack(String plugin, boolean force, String by) {
    List<InstalledPlugin> newestFirst = newestFirst(plugin);
    if (newestFirst.isEmpty()) {
      throw ApiException.notFound("plugin", plugin);
    }
    InstalledPlugin current =
        newestFirst.stream()
            .filter(InstalledPlugin::loaded)
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.conflict(
                        "No version of the plugin %s serves. Enable one with `segue plugins enable`."
                            .formatted(plugin)));
    PluginVersionRow before =
        newestFirst.stream()
            .skip(newestFirst.indexOf(current) + 1L)
            .map(InstalledPlugin::version)
            .filter(
                row -> row.state() == PluginState.ENABLED || row.state() == PluginState.DISABLED)
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.conflict(
                        "There is no version of the plugin %s before %s to go back to. Install it first."
                            .formatted(plugin, current.version().version())));
    refuseIfNeeded(current.version(), Set.copyOf(before.stepTypes()), force, "Rolling back");
    InstalledPlugin back = host.enable(plugin, before.version());
    if (back.version().state() == PluginState.REFUSED) {
      throw ApiException.conflict(back.version().message());
    }
    host.disable(plugin, current.version().version());
    record(by, "plugin.roll-back", before);
    return newestFirst(plugin).stream()
        .filter(one -> one.version().version().equals(before.version()))
        .findFirst()
        .orElse(back);
  }

  /** Refuses what would leave a step type in use unserved. */
  private void refuseIfNeeded(
      PluginVersionRow row, Set<String> alsoServed, boolean force, String deed) {
    if (force || row.state() != PluginState.ENABLED) {
      return;
    }
    refuseIfPinned(row, deed);
    Set<String> lost = new TreeSet<>(row.stepTypes());
    lost.removeAll(alsoServed);
    for (InstalledPlugin other : newestFirst(row.pluginId())) {
      if (other.version().state() == PluginState.ENABLED
          && !other.version().version().equals(row.version())) {
        lost.removeAll(other.version().stepTypes());
      }
    }
    if (lost.isEmpty()) {
      return;
    }
    StepUse.Users users = use.of(lost);
    if (users.workflows().isEmpty() && users.runs() == 0) {
      return;
    }
    throw ApiException.conflict(
        "%s %s %s would leave %s without a plugin, which %s and %d active runs%s use. Install a version that serves them first, or insist with force (--force)."
            .formatted(
                deed,
                row.pluginId(),
                row.version(),
                String.join(", ", lost),
                named("the workflows", users.workflows()),
                users.runs(),
                named("", users.someRuns().stream().map(run -> run.run().toString()).toList())));
  }

  private void refuseIfPinned(PluginVersionRow row, String deed) {
    List<String> workflows = List.copyOf(host.pinnedBy(row));
    if (!workflows.isEmpty()) {
      throw ApiException.conflict(
          "%s %s %s would leave %s without the version that they are pinned to. Unpin them first (segue workflows unpin), or insist with force (--force)."
              .formatted(deed, row.pluginId(), row.version(), named("the workflows", workflows)));
    }
  }

  private static String named(String what, List<String> names) {
    if (names.isEmpty()) {
      return what.isEmpty() ? "" : "no workflow";
    }
    String some = String.join(", ", names.subList(0, Math.min(MOST_NAMED, names.size())));
    String all = names.size() > MOST_NAMED ? some + "…" : some;
    return what.isEmpty() ? " (" + all + ")" : what + " " + all;
  }

  private List<InstalledPlugin> newestFirst(String plugin) {
    return host.list().stream()
        .filter(one -> one.version().pluginId().equals(plugin))
        .filter(one -> !one.version().version().equals(InstalledVersions.UNKNOWN_VERSION))
        .sorted(
            Comparator.comparing(
                    (InstalledPlugin one) -> SemanticVersion.parse(one.version().version()))
                .reversed())
        .toList();
  }

  private PluginVersionRow inPlace(String plugin, String version) {
    PluginVersionRow row = require(plugin, version);
    if (row.state() == PluginState.REMOVED) {
      throw ApiException.conflict(
          "The plugin %s %s was removed already.".formatted(plugin, version));
    }
    return row;
  }

  private PluginVersionRow require(String plugin, String version) {
    return host.list().stream()
        .map(InstalledPlugin::version)
        .filter(row -> row.pluginId().equals(plugin) && row.version().equals(version))
        .findFirst()
        .orElseThrow(() -> ApiException.notFound("plugin version", plugin + " " + version));
  }

  private void record(String by, String action, PluginVersionRow row) {
    record(by, action, row, detail(row));
  }

  private static ObjectNode detail(PluginVersionRow row) {
    return Json.object().put("version", row.version()).put("sha256", row.sha256());
  }

  private void record(String by, String action, PluginVersionRow row, ObjectNode detail) {
    database.inTransaction(
        tx -> audit.record(tx, new AuditEntry(by, action, "plugin", row.pluginId(), detail)));
  }
}
