package dev.segue.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** A server that was started as users start it: {@code bin/segue up} on a home folder. */
final class RunningSegue implements AutoCloseable {

  private static final String READY = "Segue is ready at ";
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

  private final Path home;
  private final HomeProcesses processes;
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();

  private RunningSegue(Path home, Process process) {
    this.home = home;
    this.processes = new HomeProcesses(home);
    this.process = process;
    Thread.ofVirtual().start(this::read);
  }

  /**
   * Starts a server on any free port and waits until it is ready.
   *
   * @param home made if there is none
   * @param options further ones of {@code segue up}
   */
  static RunningSegue start(Path home, String... options) {
    List<String> arguments = new ArrayList<>(List.of("up", "--port", "0"));
    arguments.addAll(List.of(options));
    ProcessBuilder command =
        Program.command(home, arguments.toArray(String[]::new)).redirectErrorStream(true);
    // For the engine too, its child: neither lives long enough to be worth compiling well.
    command.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    RunningSegue segue;
    try {
      segue = new RunningSegue(home, command.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      segue.awaitReady();
      return segue;
    } catch (AssertionError | RuntimeException failure) {
      segue.close();
      throw failure;
    }
  }

  /** What it printed so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  HomeProcesses processes() {
    return processes;
  }

  /** The server's own process, which is the parent of the engine's. */
  ProcessHandle server() {
    return process.toHandle();
  }

  Api api() {
    return new Api(ready.join(), home.resolve("cli-token"));
  }

  Exit cli(String... arguments) {
    return Program.run(home, arguments);
  }

  /** Runs a command that has to work, and returns what it prints for programs. */
  JsonNode json(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--output", "json"));
    return cli(line.toArray(String[]::new)).json();
  }

  /** Ends the server's process as kill -9 does. What it started is left to itself. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Asks it to end as a service manager does, and waits. */
  int terminate() {
    process.destroy();
    return awaitEnd();
  }

  /** Waits until the server's process has ended, and returns its exit code. */
  int awaitEnd() {
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the server still runs:\n" + String.join("\n", lines));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Stops the server, by force if need be, and leaves no process on its folder. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
      processes.killAll();
    }
  }

  private void awaitReady() {
    try {
      ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new AssertionError("Segue is not ready:\n" + String.join("\n", lines), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        addressIn(line).ifPresent(ready::complete);
      }
      ready.completeExceptionally(new IOException("the process ended before it was ready"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private static Optional<URI> addressIn(String line) {
    return line.startsWith(READY)
        ? Optional.of(URI.create(line.substring(READY.length()).strip()))
        : Optional.empty();
  }
}
