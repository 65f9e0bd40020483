package dev.segue.server.plugins;

import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.runtime.PluginDescriptor;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.check.DescriptorChanges;
import dev.segue.runtime.version.SemanticVersion;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an installation would bring, before it is done.
 *
 * @param manifest of the zip
 * @param sha256 of the zip
 * @param installed the version of the plugin that serves now; null if none does
 * @param changes against that version; everything is new if there is none
 * @param versionFits whether the new version's number says as much as the changes ask for
 * @param capabilities what the plugin asks for
 * @param users what uses the step types that this or the installed version serves
 */
record PluginPreview(
    PluginManifest manifest,
    String sha256,
    @Nullable String installed,
    DescriptorChanges changes,
    boolean versionFits,
    List<Capability> capabilities,
    StepUse.Users users) {

  /** Copies the list. */
  PluginPreview {
    capabilities = List.copyOf(capabilities);
  }

  /** What kind of thing a plugin asks for. */
  enum Kind {
    /** An effect that one of its steps has. */
    EFFECT,
    /** Accounts of a connection type. */
    CONNECTION,
    /** A secret of a connection type. */
    SECRET,
    /** A host that a connection type reaches, or those that its accounts name. */
    HOST,
    /** Tables of its own in the database. */
    DATA
  }

  /**
   * Something that a plugin asks for.
   *
   * @param name such as the connection type
   * @param isNew whether the installed version doesn't ask for it
   * @param detail who needs it, in words
   */
  record Capability(Kind kind, String name, boolean isNew, String detail) {}

  /** A plugin's build as it describes itself. */
  record Build(
      SemanticVersion version,
      PluginDescriptor offers,
      Map<String, Set<String>> hosts,
      boolean hasTables) {

    static Build of(StagedPlugin staged, PluginDescriptor offers, Map<String, Set<String>> hosts) {
      return new Build(
          staged.manifest().version(),
          offers,
          hosts,
          Files.isDirectory(staged.folder().resolve(PluginLayout.MIGRATIONS)));
    }
  }

  static PluginPreview of(
      PluginManifest manifest, String sha256, Build fresh, @Nullable Build old, StepUse use) {
    PluginDescriptor before =
        old == null
            ? new PluginDescriptor(manifest.id(), List.of(), List.of(), List.of())
            : old.offers();
    DescriptorChanges changes = DescriptorChanges.between(before, fresh.offers());
    Set<String> types = new TreeSet<>();
    before.steps().forEach(step -> types.add(step.type().toString()));
    // What nothing serves now may be waiting for this.
    fresh.offers().steps().forEach(step -> types.add(step.type().toString()));
    return new PluginPreview(
        manifest,
        sha256,
        old == null ? null : old.version().toString(),
        changes,
        old == null || changes.fit(old.version(), fresh.version()),
        capabilities(fresh, old),
        use.of(types));
  }

  private static List<Capability> capabilities(Build fresh, @Nullable Build old) {
    Map<String, Capability> before = old == null ? Map.of() : asked(old, Set.of());
    return new ArrayList<>(asked(fresh, before.keySet()).values());
  }

  private static Map<String, Capability> asked(Build build, Set<String> known) {
    Map<String, Capability> asked = new LinkedHashMap<>();
    for (StepDescriptor step : build.offers().steps()) {
      ask(asked, known, Kind.EFFECT, step.effect().name(), step.type().toString());
    }
    for (ConnectionDescriptor type : build.offers().connections()) {
      ask(asked, known, Kind.CONNECTION, type.type(), type.title());
      for (String secret : type.secretFields()) {
        ask(asked, known, Kind.SECRET, type.type() + "." + secret, type.title());
      }
    }
    build
        .hosts()
        .forEach((type, hosts) -> hosts.forEach(host -> ask(asked, known, Kind.HOST, host, type)));
    if (build.hasTables()) {
      ask(asked, known, Kind.DATA, "plugin_" + build.offers().plugin(), "tables of its own");
    }
    return asked;
  }

  private static void ask(
      Map<String, Capability> asked, Set<String> known, Kind kind, String name, String detail) {
    String key = kind + " " + name;
    asked.merge(
        key,
        new Capability(kind, name, !known.contains(key), detail),
        (first, next) ->
            new Capability(kind, name, first.isNew(), first.detail() + ", " + next.detail()));
  }
}
