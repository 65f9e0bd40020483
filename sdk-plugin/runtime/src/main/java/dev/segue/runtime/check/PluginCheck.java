package dev.segue.runtime.check;

import dev.segue.runtime.DescriptorJson;
import dev.segue.runtime.InvalidPluginException;
import dev.segue.runtime.PluginProblem;
import dev.segue.runtime.schema.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/**
 * Checks a compiled plugin by the host's rules, and writes into its classes what the zip needs:
 * {@code META-INF/MANIFEST.MF} with PF4J's descriptor, and {@code META-INF/segue/steps.json} with
 * the descriptors of all that it offers.
 *
 * <p>If the project keeps a copy of that file, the two must be equal, so that nobody alters an
 * input or an output without seeing it in the diff.
 */
public final class PluginCheck {

  private static final String STEPS = "META-INF/segue/steps.json";
  private static final List<String> NOT_TO_BRING =
      List.of("dev/segue/sdk/SeguePlugin.class", "org/slf4j/Logger.class");

  private final CheckOptions options;

  PluginCheck(CheckOptions options) {
    this.options = options;
  }

  /**
   * Runs the check; exits with 1 if a rule is broken.
   *
   * @param arguments {@code name=value}, as the plugin parent POM writes them
   * @throws IOException if a file can't be read or written
   */
  public static void main(String[] arguments) throws IOException {
    CheckOptions options = CheckOptions.parse(arguments);
    List<PluginProblem> problems = new PluginCheck(options).run();
    if (!problems.isEmpty()) {
      System.err.println("The plugin '" + options.facts().id() + "' breaks these rules:");
      problems.forEach(problem -> System.err.println("  " + problem));
      System.exit(1);
    }
  }

  /** The broken rules; the files are written only if there are none. */
  List<PluginProblem> run() throws IOException {
    List<PluginProblem> problems = new ArrayList<>(options.facts().problems());
    for (Path entry : options.classPath()) {
      checkLibrary(entry, problems);
    }
    if (!problems.isEmpty()) {
      return problems;
    }
    String steps;
    try {
      steps = describe();
    } catch (InvalidPluginException e) {
      return e.problems();
    }
    compare(steps, problems);
    if (problems.isEmpty()) {
      write(steps);
    }
    return problems;
  }

  /** The artifacts of SDK and SLF4J stay out of the zip by themselves; copies in others don't. */
  private static void checkLibrary(Path entry, List<PluginProblem> problems) throws IOException {
    String name = entry.getFileName().toString();
    if (!name.endsWith(".jar")
        || !Files.isRegularFile(entry)
        || name.startsWith("slf4j-api-")
        || name.startsWith("segue-sdk-")) {
      return;
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      for (String brought : NOT_TO_BRING) {
        if (jar.getEntry(brought) != null) {
          problems.add(
              new PluginProblem(
                  name,
                  "holds "
                      + brought
                      + ", which the host provides; use an artifact without it, or exclude it"));
        }
      }
    }
  }

  private String describe() throws InvalidPluginException, IOException {
    List<Path> classPath = new ArrayList<>(List.of(options.classes()));
    classPath.addAll(options.classPath());
    try (LoadedBuild build =
        LoadedBuild.of(options.facts().id(), options.facts().pluginClass(), classPath)) {
      return Json.pretty(DescriptorJson.of(build.description().descriptor()));
    }
  }

  private void compare(String steps, List<PluginProblem> problems) throws IOException {
    Path committed = options.committed();
    if (options.update()) {
      Files.createDirectories(committed.toAbsolutePath().getParent());
      Files.writeString(committed, steps);
    } else if (Files.exists(committed) && !sameLines(Files.readString(committed), steps)) {
      problems.add(
          new PluginProblem(
              committed.getFileName().toString(),
              "differs from what the plugin offers now, first in line "
                  + firstDifference(Files.readString(committed), steps)
                  + "; if that is meant, build with -Dsegue.descriptors=update and commit "
                  + committed.getFileName()));
    }
  }

  private static boolean sameLines(String left, String right) {
    return left.lines().toList().equals(right.lines().toList());
  }

  private static String firstDifference(String left, String right) {
    List<String> old = left.lines().toList();
    List<String> now = right.lines().toList();
    int line = 0;
    while (line < Math.min(old.size(), now.size()) && old.get(line).equals(now.get(line))) {
      line++;
    }
    return (line + 1) + ": " + (line < now.size() ? now.get(line).strip() : "end of file");
  }

  private void write(String steps) throws IOException {
    Path file = options.classes().resolve(STEPS);
    Files.createDirectories(file.getParent());
    Files.writeString(file, steps);
    try (OutputStream out =
        Files.newOutputStream(options.classes().resolve("META-INF/MANIFEST.MF"))) {
      options.facts().manifest().write(out);
    }
  }
}
