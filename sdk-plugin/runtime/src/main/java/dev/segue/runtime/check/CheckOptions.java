package dev.segue.runtime.check;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the plugin parent POM hands to the check, as {@code name=value} arguments. */
record CheckOptions(
    PluginFacts facts, Path classes, List<Path> classPath, Path committed, boolean update) {

  static CheckOptions parse(String[] arguments) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("not of the form name=value: " + argument);
      }
      given.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    return new CheckOptions(
        new PluginFacts(
            value(given, "id"),
            value(given, "version"),
            value(given, "class"),
            value(given, "provider"),
            value(given, "requires"),
            value(given, "license"),
            value(given, "description")),
        Path.of(value(given, "classes")),
        Arrays.stream(value(given, "classpath").split(File.pathSeparator))
            .filter(entry -> !entry.isBlank())
            .map(Path::of)
            .toList(),
        Path.of(value(given, "committed")),
        value(given, "descriptors").equals("update"));
  }

  /** A property that the POM doesn't set arrives as its own placeholder. */
  private static String value(Map<String, String> given, String name) {
    String value = given.getOrDefault(name, "").strip();
    return value.startsWith("${") ? "" : value;
  }
}
