package dev.segue.server.cli.authoring;

import dev.segue.server.cli.api.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds an author's project by its own Maven wrapper, or the Maven of the machine. */
final class MavenBuild {

  private final Path project;
  private final List<String> command;

  /** What a build came to. */
  sealed interface Outcome {

    /** There is a zip. */
    record Built(Path zip, Duration took) implements Outcome {}

    /** There is none; the lines say why. */
    record Failed(List<String> why) implements Outcome {}
  }

  /**
   * Takes a project.
   *
   * @param project a folder with a {@code pom.xml}
   * @param repository Maven's local repository; null for Maven's own choice
   * @param withTests whether to run the tests, too
   * @param offline whether Maven must not use the network
   */
  MavenBuild(Path project, @Nullable Path repository, boolean withTests, boolean offline) {
    this.project = project;
    List<String> line = new ArrayList<>();
    Path wrapper = project.resolve("mvnw");
    line.add(Files.isExecutable(wrapper) ? wrapper.toString() : "mvn");
    line.addAll(List.of("--batch-mode", "--quiet", "--no-transfer-progress"));
    line.add("-Dstyle.color=never");
    if (offline) {
      line.add("--offline");
    }
    if (repository != null) {
      line.add("-Dmaven.repo.local=" + repository);
    }
    if (!withTests) {
      line.add("-DskipTests");
    }
    line.add("package");
    this.command = List.copyOf(line);
  }

  /** Builds; ends Maven if the caller is interrupted. */
  Outcome run() throws InterruptedException {
    long began = System.nanoTime();
    Map<Path, Long> before = zips();
    Process process = start();
    FutureTask<String> output =
        new FutureTask<>(
            () -> new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(output);
    try {
      if (process.waitFor() != 0) {
        return new Outcome.Failed(BuildErrors.readable(output.get(), project));
      }
    } catch (ExecutionException e) {
      throw CliException.failed("Maven's output can't be read: " + e.getMessage(), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    return zips().entrySet().stream()
        .filter(zip -> !zip.getValue().equals(before.get(zip.getKey())))
        .max(Map.Entry.comparingByValue())
        .or(() -> zips().entrySet().stream().max(Map.Entry.comparingByValue()))
        .<Outcome>map(
            zip -> new Outcome.Built(zip.getKey(), Duration.ofNanos(System.nanoTime() - began)))
        .orElseGet(
            () ->
                new Outcome.Failed(
                    List.of(
                        "Maven made no zip in %s. Is segue-plugin-parent the project's parent?"
                            .formatted(project.resolve("target")))));
  }

  private Process start() {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile());
      Path java = Path.of(System.getProperty("java.home"));
      if (Files.isExecutable(java.resolve("bin/javac"))) {
        builder.environment().put("JAVA_HOME", java.toString());
      }
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw CliException.failed(
          "`%s` can't be started (%s). Install Apache Maven 3.8 or newer."
              .formatted(command.getFirst(), e.getMessage()),
          e);
    }
  }

  private Map<Path, Long> zips() {
    Path target = project.resolve("target");
    if (!Files.isDirectory(target)) {
      return Map.of();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith(".zip"))
          .collect(Collectors.toMap(file -> file, file -> file.toFile().lastModified()));
    } catch (IOException e) {
      throw CliException.failed(target + " can't be read: " + e.getMessage(), e);
    }
  }
}
