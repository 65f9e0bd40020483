package dev.segue.runtime.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A folder or a jar with class files, read one at a time. */
sealed interface ClassPlace {

  /** What it is called among the plugin's files. */
  String name();

  /** Gives the binary name of each class. */
  void forEachName(Consumer<String> names) throws IOException;

  /** Gives each class with what it refers to. */
  void forEach(BiConsumer<String, ClassReferences> classes) throws IOException;

  static ClassPlace folder(Path folder) {
    return new Folder(folder);
  }

  static ClassPlace jar(Path file) {
    return new Jar(file);
  }

  /** Classes for newer JVMs may lie where multi-release jars keep them. */
  private static boolean isClass(String entry) {
    return entry.endsWith(".class")
        && !entry.startsWith("META-INF/")
        && !entry.endsWith("module-info.class");
  }

  private static String className(String entry) {
    return entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
  }

  /** The plugin's own classes. */
  record Folder(Path path) implements ClassPlace {

    @Override
    public String name() {
      return "classes";
    }

    @Override
    public void forEachName(Consumer<String> names) throws IOException {
      for (String entry : entries()) {
        names.accept(className(entry));
      }
    }

    @Override
    public void forEach(BiConsumer<String, ClassReferences> classes) throws IOException {
      for (String entry : entries()) {
        classes.accept(
            className(entry), ClassReferences.of(Files.readAllBytes(path.resolve(entry))));
      }
    }

    private List<String> entries() throws IOException {
      if (!Files.isDirectory(path)) {
        return List.of();
      }
      try (Stream<Path> files = Files.walk(path)) {
        return files
            .filter(Files::isRegularFile)
            .map(file -> path.relativize(file).toString().replace('\\', '/'))
            .filter(ClassPlace::isClass)
            .sorted()
            .toList();
      }
    }
  }

  /** A library. */
  record Jar(Path path) implements ClassPlace {

    @Override
    public String name() {
      return "lib/" + path.getFileName();
    }

    @Override
    public void forEachName(Consumer<String> names) throws IOException {
      try (JarFile jar = new JarFile(path.toFile(), false)) {
        jar.stream()
            .map(JarEntry::getName)
            .filter(ClassPlace::isClass)
            .forEach(entry -> names.accept(className(entry)));
      }
    }

    @Override
    public void forEach(BiConsumer<String, ClassReferences> classes) throws IOException {
      try (JarFile jar = new JarFile(path.toFile(), false)) {
        for (JarEntry entry : Collections.list(jar.entries())) {
          if (isClass(entry.getName())) {
            try (InputStream in = jar.getInputStream(entry)) {
              classes.accept(className(entry.getName()), ClassReferences.of(in.readAllBytes()));
            }
          }
        }
      }
    }
  }
}
