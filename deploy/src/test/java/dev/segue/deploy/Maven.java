package dev.segue.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Maven on a machine that knows nothing of Segue: a repository of its own, with links to what this
 * build has downloaded, and without our artifacts. It never asks the network.
 *
 * @param repository the local repository
 */
record Maven(Path repository) implements AutoCloseable {

  private static final Path DOWNLOADED = Path.of(System.getProperty("segue.maven.repository"));
  private static final Path OURS = Path.of("dev", "segue");

  static Maven in(Path folder) {
    Path own = Path.of("");
    try {
      link(own, folder);
      link(OURS.getParent(), folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Maven(folder);
  }

  /** Links all below a folder, but for what is ours and what that lies in. */
  private static void link(Path below, Path folder) throws IOException {
    Files.createDirectories(folder.resolve(below));
    if (!Files.isDirectory(DOWNLOADED.resolve(below))) {
      return;
    }
    try (Stream<Path> entries = Files.list(DOWNLOADED.resolve(below))) {
      for (Path entry : entries.toList()) {
        Path name = DOWNLOADED.relativize(entry);
        if (!OURS.startsWith(name)) {
          Files.createSymbolicLink(folder.resolve(name), entry);
        }
      }
    }
  }

  Exit run(Path project, String... arguments) {
    List<String> line = new ArrayList<>(List.of("mvn", "-B", "-o", "-ntp"));
    line.add("-Dmaven.repo.local=" + repository);
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).directory(project.toFile());
    asAPersonWould(builder);
    return Program.run(builder);
  }

  /** Takes away what the Maven that runs these tests tells its own children. */
  static void asAPersonWould(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
  }

  /** Takes the links away, so that nobody who clears up follows them. */
  @Override
  public void close() {
    try {
      unlink(repository);
      unlink(repository.resolve(OURS.getParent()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unlink(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.filter(Files::isSymbolicLink).toList()) {
        Files.delete(entry);
      }
    }
  }
}
