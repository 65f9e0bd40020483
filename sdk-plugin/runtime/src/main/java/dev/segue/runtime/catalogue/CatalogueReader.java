package dev.segue.runtime.catalogue;

import dev.segue.runtime.StepType;
import dev.segue.runtime.version.SemanticVersion;
import dev.segue.runtime.version.VersionRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads an index file and notes all that is wrong with it; used once. */
final class CatalogueReader {

  private static final int FORMAT = 1;
  private static final int MOST_PROBLEMS = 20;
  private static final int LONGEST_TEXT = 2_000;
  private static final long LARGEST_ZIP = 1_000_000_000L;
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{2,40}");
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern FILE =
      Pattern.compile(
          "(?:https://[a-z0-9.-]+(?::[0-9]{1,5})?/)?[A-Za-z0-9_+-][A-Za-z0-9._+/-]{0,300}");

  private final List<String> problems = new ArrayList<>();

  Catalogue read(JsonNode json) throws CatalogueException {
    if (json.path("format").asInt(0) != FORMAT || !json.path("plugins").isArray()) {
      throw new CatalogueException(
          List.of(
              "it is no index of plugins in format " + FORMAT + ", such as this version reads"));
    }
    List<CataloguePlugin> plugins = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (JsonNode given : json.path("plugins")) {
      CataloguePlugin plugin = plugin(given);
      if (plugin != null && !ids.add(plugin.id())) {
        problem(plugin.id(), "is listed twice");
      } else if (plugin != null) {
        plugins.add(plugin);
      }
    }
    String title = text(json, "title", "the catalogue");
    if (!problems.isEmpty()) {
      throw new CatalogueException(problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
    }
    return new Catalogue(title, plugins);
  }

  private @Nullable CataloguePlugin plugin(JsonNode json) {
    String id = json.path("id").asString("");
    if (!ID.matcher(id).matches()) {
      problem("a plugin", "has an id that isn't one; write [a-z0-9-]{2,40}");
      return null;
    }
    List<CatalogueRelease> releases = new ArrayList<>();
    Set<SemanticVersion> versions = new HashSet<>();
    for (JsonNode given : json.path("releases")) {
      CatalogueRelease release = release(id, given);
      if (release != null && !versions.add(release.version())) {
        problem(id, "lists its version " + release.version() + " twice");
      } else if (release != null) {
        releases.add(release);
      }
    }
    if (releases.isEmpty()) {
      problem(id, "has no release that can be read");
      return null;
    }
    String title = text(json, "title", id);
    return new CataloguePlugin(
        id,
        title.isEmpty() ? id : title,
        text(json, "description", id),
        text(json, "provider", id),
        text(json, "license", id),
        releases);
  }

  private @Nullable CatalogueRelease release(String id, JsonNode json) {
    SemanticVersion version = parsed(id, json.path("version"), SemanticVersion::parse);
    if (version == null) {
      return null;
    }
    String where = id + " " + version;
    VersionRange requires = parsed(where, json.path("requires"), VersionRange::parse);
    String file = json.path("file").asString("");
    if (!FILE.matcher(file).matches() || file.contains("..") || file.indexOf("//", 8) >= 0) {
      problem(where, "has a file that is neither a path below the catalogue nor an https address");
    }
    String sha256 = json.path("sha256").asString("");
    if (!SHA_256.matcher(sha256).matches()) {
      problem(where, "has no sha256 of 64 hexadecimal digits in lower case");
    }
    long bytes = json.path("bytes").asLong(0);
    if (bytes < 1 || bytes > LARGEST_ZIP) {
      problem(where, "has no size in bytes from 1 to " + LARGEST_ZIP);
    }
    List<String> steps = new ArrayList<>();
    for (JsonNode step : json.path("steps")) {
      StepType type = parsed(where, step, StepType::parse);
      if (type != null) {
        steps.add(type.toString());
      }
    }
    return requires == null
        ? null
        : new CatalogueRelease(version, file, sha256, bytes, requires, steps);
  }

  private <T> @Nullable T parsed(String where, JsonNode node, Function<String, T> parser) {
    try {
      return parser.apply(node.asString(""));
    } catch (IllegalArgumentException e) {
      problem(where, "has something that can't be read: " + e.getMessage());
      return null;
    }
  }

  /** Texts are shown on terminals, so they hold no control characters. */
  private String text(JsonNode json, String field, String where) {
    String text = json.path(field).asString("").strip();
    if (text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      problem(
          where,
          "has a "
              + field
              + " with control characters or more than "
              + LONGEST_TEXT
              + " characters");
      return "";
    }
    return text;
  }

  private void problem(String where, String what) {
    problems.add(where + " " + what);
  }
}
