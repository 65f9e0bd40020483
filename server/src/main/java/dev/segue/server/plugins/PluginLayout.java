package dev.segue.server.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things lie in an unpacked plugin. */
final class PluginLayout {

  static final String CLASSES = "classes";
  static final String LIB = "lib";
  static final String MIGRATIONS = CLASSES + "/db/migration";

  private PluginLayout() {}

  /** The jars of a plugin, in the order in which they are searched. */
  static List<Path> jars(Path folder) throws IOException {
    Path lib = folder.resolve(LIB);
    if (!Files.isDirectory(lib)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(lib)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
