package dev.segue.server.cli.authoring;

import dev.segue.runtime.version.SemanticVersion;
import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The server on which an author's builds are tried, and what of them is there. */
final class DevServer {

  private static final int NOT_FOUND = 404;

  private final ApiClient api;
  private final DevVersions versions;
  private final List<Installed> installed = new ArrayList<>();

  /**
   * A build that serves.
   *
   * @param plugin the plugin's id
   * @param version the version under which it is there
   * @param stepTypes what it serves
   */
  record Installed(String plugin, SemanticVersion version, List<String> stepTypes) {

    /** Finds a step by its type, or by its name alone; of several majors the newest. */
    Optional<String> stepType(String name) {
      return stepTypes.stream()
          .filter(type -> type.equals(name) || type.split(":")[1].equals(name))
          .max(Comparator.comparingInt(type -> Integer.parseInt(type.split(":")[2])));
    }
  }

  DevServer(ApiClient api, DevVersions versions) {
    this.api = api;
    this.versions = versions;
  }

  /** Fails if there is no server, or it doesn't let this account in. */
  void check() {
    api.get(ApiPath.of("plugins"));
  }

  /** Puts a build into service under a version of its own, and takes the one before away. */
  Installed install(DevZip zip) {
    SemanticVersion version = versions.next(zip.version(), known(zip.id()));
    // Before it is there: what was sent when all ends has to be removed, too.
    installed.add(new Installed(zip.id(), version, List.of()));
    JsonNode made =
        api.upload(
            ApiPath.of("plugins").with("allowUnsigned", "true"),
            "application/zip",
            zip.as(version));
    if (!Json.text(made, "state").equals("enabled")) {
      throw CliException.failed(
          "%s %s is installed, but %s: %s"
              .formatted(zip.id(), version, Json.text(made, "state"), Json.text(made, "message")));
    }
    List<String> types = new ArrayList<>();
    api.get(ApiPath.of("plugins", zip.id()))
        .path("steps")
        .forEach(
            step -> {
              if (Json.text(step, "pluginVersion").equals(version.toString())) {
                types.add(Json.text(step, "type"));
              }
            });
    removeAllBut(version);
    return new Installed(zip.id(), version, List.copyOf(types));
  }

  /**
   * Removes what this object has installed.
   *
   * @return what could not be removed, with the reason
   */
  List<String> removeAll() {
    List<String> left = new ArrayList<>();
    for (Installed one : List.copyOf(installed)) {
      try {
        remove(one);
      } catch (CliException e) {
        left.add("%s %s stays: %s".formatted(one.plugin(), one.version(), e.getMessage()));
      }
    }
    return left;
  }

  /** What is still in use stays until the end. */
  private void removeAllBut(SemanticVersion version) {
    for (Installed one : List.copyOf(installed)) {
      if (!one.version().equals(version)) {
        try {
          remove(one);
        } catch (CliException e) {
          if (e.status() == 0) {
            throw e;
          }
        }
      }
    }
  }

  private void remove(Installed one) {
    try {
      api.delete(ApiPath.of("plugins", one.plugin(), "versions", one.version().toString()));
    } catch (CliException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
    }
    installed.remove(one);
  }

  private List<SemanticVersion> known(String plugin) {
    List<SemanticVersion> known = new ArrayList<>();
    try {
      for (JsonNode version : api.get(ApiPath.of("plugins", plugin)).path("versions")) {
        try {
          known.add(SemanticVersion.parse(Json.text(version, "version")));
        } catch (IllegalArgumentException e) {
          // A zip that could not be read has no version, and is above nothing.
        }
      }
    } catch (CliException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
    }
    return known;
  }
}
