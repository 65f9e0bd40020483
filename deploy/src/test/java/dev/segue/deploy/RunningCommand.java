package dev.segue.deploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A command that goes on until it is told to end, as a person at a terminal would. */
final class RunningCommand implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;
  private int read;

  RunningCommand(ProcessBuilder command) {
    try {
      process = command.redirectErrorStream(true).start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    reader = Thread.ofVirtual().start(this::read);
  }

  /** Waits until it has printed something after what was awaited before. */
  void await(String text) {
    Awaitility.await()
        .alias(text)
        .atMost(LIMIT)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("it ended:\n" + String.join("\n", lines));
              }
              for (int i = read; i < lines.size(); i++) {
                if (lines.get(i).contains(text)) {
                  read = i + 1;
                  return true;
                }
              }
              return false;
            });
  }

  /** All that it has printed. */
  String text() {
    return String.join("\n", lines);
  }

  /** Tells it to end, as Ctrl-C does, and waits; what it says meanwhile is read, too. */
  void end() {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it goes on:\n" + text());
      }
      reader.join(LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("[" + e.getMessage() + "]");
    }
  }
}
