package dev.segue.runtime.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.segue.runtime.schema.Json;
import dev.segue.runtime.version.SemanticVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the index file of a folder of plugin zips, as {@link Catalogue#parse} reads it. */
public final class CatalogueIndex {

  private static final String PROPERTIES = "plugin.properties";
  private static final List<String> MANIFESTS =
      List.of("classes/META-INF/MANIFEST.MF", "META-INF/MANIFEST.MF");
  private static final String STEPS = "classes/META-INF/segue/steps.json";
  private static final int LARGEST_ENTRY = 10_000_000;

  private CatalogueIndex() {}

  /** A zip with what its descriptor says. */
  private record Listed(
      Path zip, Map<String, String> facts, SemanticVersion version, List<String> steps) {

    String fact(String name) {
      return facts.getOrDefault(name, "").strip();
    }
  }

  /**
   * Makes an index.
   *
   * @param title for people; may be empty
   * @param zips as the plugin parent POM builds them; named in the index without their folder
   * @return the file's bytes: JSON in UTF-8
   * @throws CatalogueException with everything that is wrong with the zips
   * @throws IOException if a file can't be read
   */
  public static byte[] of(String title, List<Path> zips) throws CatalogueException, IOException {
    List<String> problems = new ArrayList<>();
    Map<String, List<Listed>> byId = new TreeMap<>();
    for (Path zip : zips) {
      try {
        Listed listed = read(zip);
        byId.computeIfAbsent(listed.fact("Id"), id -> new ArrayList<>()).add(listed);
      } catch (ZipException | IllegalArgumentException | JacksonException e) {
        problems.add(zip.getFileName() + " can't be listed: " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new CatalogueException(problems);
    }
    ObjectNode index = Json.object().put("format", 1).put("title", title);
    ArrayNode plugins = index.putArray("plugins");
    for (List<Listed> releases : byId.values()) {
      releases.sort(Comparator.comparing(Listed::version).reversed());
      plugins.add(plugin(releases));
    }
    byte[] file = (Json.pretty(index) + "\n").getBytes(UTF_8);
    Catalogue.parse(file);
    return file;
  }

  private static Listed read(Path zip) throws IOException {
    try (ZipFile open = new ZipFile(zip.toFile())) {
      Map<String, String> facts = facts(open);
      if (!facts.containsKey("Id") || !facts.containsKey("Version")) {
        throw new IllegalArgumentException("its descriptor names no Plugin-Id and Plugin-Version");
      }
      List<String> steps = new ArrayList<>();
      ZipEntry described = open.getEntry(STEPS);
      if (described != null) {
        for (JsonNode step : Json.parse(text(open, described)).path("steps")) {
          steps.add(step.path("type").asString(""));
        }
      }
      return new Listed(zip, facts, SemanticVersion.parse(facts.get("Version")), steps);
    }
  }

  /** PF4J's descriptor, in either of its forms. */
  private static Map<String, String> facts(ZipFile zip) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    ZipEntry properties = zip.getEntry(PROPERTIES);
    if (properties != null) {
      Properties read = new Properties();
      read.load(new StringReader(text(zip, properties)));
      read.forEach((key, value) -> keep(facts, String.valueOf(key), "plugin.", value));
      return facts;
    }
    for (String name : MANIFESTS) {
      ZipEntry entry = zip.getEntry(name);
      if (entry != null && facts.isEmpty()) {
        Manifest manifest =
            new Manifest(new ByteArrayInputStream(text(zip, entry).getBytes(UTF_8)));
        manifest
            .getMainAttributes()
            .forEach((key, value) -> keep(facts, String.valueOf(key), "Plugin-", value));
      }
    }
    if (facts.isEmpty()) {
      throw new IllegalArgumentException(
          "it has no descriptor; build it with Segue's parent POM for plugins");
    }
    return facts;
  }

  private static void keep(Map<String, String> facts, String key, String prefix, Object value) {
    if (key.startsWith(prefix) && key.length() > prefix.length()) {
      String name = key.substring(prefix.length());
      facts.put(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), "" + value);
    }
  }

  private static String text(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] content = in.readNBytes(LARGEST_ENTRY + 1);
      if (content.length > LARGEST_ENTRY) {
        throw new IllegalArgumentException("its " + entry.getName() + " is too big");
      }
      return new String(content, UTF_8);
    }
  }

  /** Texts come from the newest release. */
  private static ObjectNode plugin(List<Listed> releases) throws IOException {
    Listed newest = releases.getFirst();
    ObjectNode plugin = Json.object().put("id", newest.fact("Id"));
    plugin.put("title", newest.fact("Id"));
    plugin.put("description", newest.fact("Description"));
    plugin.put("provider", newest.fact("Provider"));
    plugin.put("license", newest.fact("License"));
    ArrayNode list = plugin.putArray("releases");
    for (Listed release : releases) {
      ObjectNode json =
          list.addObject()
              .put("version", release.version().toString())
              .put("file", release.zip().getFileName().toString())
              .put("sha256", sha256(release.zip()))
              .put("bytes", Files.size(release.zip()))
              .put("requires", release.fact("Requires"));
      release.steps().forEach(json.putArray("steps")::add);
    }
    return plugin;
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
