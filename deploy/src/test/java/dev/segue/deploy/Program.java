package dev.segue.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The script {@code bin/segue} of the distribution under test. */
final class Program {

  private static final Path SCRIPT =
      Path.of(System.getProperty("segue.distribution"), "bin", "segue");
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private Program() {}

  /** A command that isn't started yet, in an environment without settings of this machine. */
  static ProcessBuilder command(Path home, String... arguments) {
    List<String> line = new ArrayList<>(List.of(SCRIPT.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().keySet().removeIf(name -> name.startsWith("SEGUE_"));
    builder.environment().put("SEGUE_HOME", home.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }

  /** Runs a command to its end. */
  static Exit run(Path home, String... arguments) {
    return run(command(home, arguments));
  }

  static Exit run(ProcessBuilder command) {
    Path err = null;
    try {
      err = Files.createTempFile("segue-command-", ".err");
      Process process = command.redirectError(err.toFile()).start();
      process.getOutputStream().close();
      try {
        String out;
        try (InputStream in = process.getInputStream()) {
          out = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError(command.command() + " goes on after " + LIMIT);
        }
        return new Exit(process.exitValue(), out, Files.readString(err));
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    } finally {
      if (err != null) {
        err.toFile().delete();
      }
    }
  }
}
