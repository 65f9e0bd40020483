package dev.segue.server.plugins;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Reads and checks the descriptor of an unpacked plugin, in either of PF4J's two forms. */
final class ManifestReader {

  private static final String PROPERTIES = "plugin.properties";
  private static final List<String> MANIFESTS =
      List.of("META-INF/MANIFEST.MF", "classes/META-INF/MANIFEST.MF");
  private static final List<String> KEYS =
      List.of("Id", "Version", "Class", "Requires", "Provider", "License", "Description");

  private final SemanticVersion sdk;

  ManifestReader(SemanticVersion sdk) {
    this.sdk = sdk;
  }

  PluginManifest read(String zip, Path folder) throws PluginRefusedException, IOException {
    Map<String, String> entries = entries(zip, folder);
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      if (entry.getValue().codePoints().anyMatch(ManifestReader::isHidden)) {
        throw refused(
            zip,
            "has a control character in the Plugin-%s of its descriptor: '%s'. Take it out and build again."
                .formatted(entry.getKey(), printable(entry.getValue())));
      }
    }
    String id = required(zip, entries, "Id");
    if (!id.matches("[a-z0-9-]{2,40}")) {
      throw refused(
          zip,
          "has the Plugin-Id '"
              + printable(id)
              + "'. Choose one of 2 to 40 lower-case letters, digits and hyphens.");
    }
    VersionRange requires =
        parsed(zip, "Plugin-Requires", required(zip, entries, "Requires"), VersionRange::parse);
    if (!requires.contains(sdk)) {
      throw refused(
          zip,
          "works with the Segue SDK "
              + requires
              + ", but this server offers "
              + sdk
              + ". Install a version of the plugin made for that SDK, or another version of Segue.");
    }
    return new PluginManifest(
        id,
        parsed(zip, "Plugin-Version", required(zip, entries, "Version"), SemanticVersion::parse),
        required(zip, entries, "Class"),
        requires,
        entries.getOrDefault("Provider", ""),
        entries.getOrDefault("License", ""),
        entries.getOrDefault("Description", ""));
  }

  private static Map<String, String> entries(String zip, Path folder)
      throws PluginRefusedException, IOException {
    Path properties = folder.resolve(PROPERTIES);
    if (Files.isRegularFile(properties)) {
      return fromProperties(zip, properties);
    }
    for (String name : MANIFESTS) {
      Path manifest = folder.resolve(name);
      if (Files.isRegularFile(manifest)) {
        Map<String, String> found = fromManifest(manifest);
        if (!found.isEmpty()) {
          return found;
        }
      }
    }
    throw refused(
        zip,
        "has neither a "
            + PROPERTIES
            + " nor a "
            + MANIFESTS.getFirst()
            + " with a Plugin-Id. Build it with Segue's parent POM for plugins, which writes it.");
  }

  private static Map<String, String> fromProperties(String zip, Path file)
      throws PluginRefusedException, IOException {
    Properties properties = new Properties();
    try (Reader in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
      properties.load(in);
    } catch (IllegalArgumentException malformed) {
      throw refused(
          zip, "has a " + PROPERTIES + " that can't be read: " + malformed.getMessage() + ".");
    }
    Map<String, String> found = new HashMap<>();
    for (String key : KEYS) {
      keep(found, key, properties.getProperty("plugin." + key.toLowerCase(Locale.ROOT)));
    }
    return found;
  }

  private static Map<String, String> fromManifest(Path file) throws IOException {
    Map<String, String> found = new HashMap<>();
    try (InputStream in = Files.newInputStream(file)) {
      Manifest manifest = new Manifest(in);
      for (String key : KEYS) {
        keep(found, key, manifest.getMainAttributes().getValue("Plugin-" + key));
      }
    }
    return found;
  }

  private static void keep(Map<String, String> found, String key, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      found.put(key, value.trim());
    }
  }

  private static String required(String zip, Map<String, String> entries, String key)
      throws PluginRefusedException {
    String value = entries.get(key);
    if (value == null) {
      throw refused(zip, "has no Plugin-" + key + " in its descriptor. Add it and build again.");
    }
    return value;
  }

  private static <T> T parsed(String zip, String what, String text, Function<String, T> parser)
      throws PluginRefusedException {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw refused(zip, "has a bad " + what + ": " + e.getMessage() + ".");
    }
  }

  /** Such characters forge lines of a log, and turn texts around on a page. */
  private static boolean isHidden(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
  }

  private static PluginRefusedException refused(String zip, String message) {
    return new PluginRefusedException("The plugin " + zip + " " + message, null);
  }

  /** Ids from hostile zips end up in logs and pages. */
  static String printable(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
  }
}
