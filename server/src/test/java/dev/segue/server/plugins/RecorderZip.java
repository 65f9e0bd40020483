package dev.segue.server.plugins;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The recorder plugin of the SDK's examples, built from its source. */
public final class RecorderZip {

  private static final Path SOURCES = Path.of("sdk-plugin/examples/recorder/src/main");

  private RecorderZip() {}

  /** Builds the zip with the given version of the plugin. */
  public static Path build(String version, Path file) {
    PluginZip zip = PluginZip.of("recorder", version, "dev.segue.examples.recorder.RecorderPlugin");
    Path root = root().resolve(SOURCES);
    Path java = root.resolve("java");
    for (Path source : files(java)) {
      String name = java.relativize(source).toString();
      if (name.endsWith(".java") && !name.endsWith("package-info.java")) {
        zip.source(name.replace(".java", "").replace('/', '.'), read(source));
      }
    }
    Path resources = root.resolve("resources");
    for (Path resource : files(resources)) {
      zip.entry("classes/" + resources.relativize(resource), read(resource));
    }
    return zip.build(file);
  }

  /** The tests run in the module's folder, or in the project's. */
  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve(SOURCES))) {
      here = here.getParent();
    }
    return here;
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
