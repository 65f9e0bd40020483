package dev.segue.server.cli;

import dev.segue.server.app.Distribution;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.session.HomeFolder;
import dev.segue.server.cli.session.ServerFile;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A server in a process of its own, started by the installation's script, or without one by the
 * Java and the flags of this process. It goes on when this process and its terminal end.
 */
final class BackgroundServer {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final int HTTP_OK = 200;

  private final HomeFolder home;
  private final Map<String, String> settings;

  BackgroundServer(HomeFolder home, Map<String, String> settings) {
    this.home = home;
    this.settings = settings;
  }

  /** Starts it and waits until it is ready; {@code progress} gets what it prints meanwhile. */
  URI start(Consumer<String> progress, Duration patience) {
    Process process = launch();
    ConsoleLog log = new ConsoleLog(home.consoleLog());
    long end = System.nanoTime() + patience.toNanos();
    List<String> said = new ArrayList<>();
    while (System.nanoTime() < end) {
      log.newLines()
          .forEach(
              line -> {
                said.add(line);
                if (isProgress(line)) {
                  progress.accept(line);
                }
              });
      Optional<ServerFile> server =
          home.runningServer().filter(file -> file.pid() == process.pid());
      if (server.isPresent() && isReady(server.get().url())) {
        return server.get().url();
      }
      if (!process.isAlive()) {
        log.newLines().forEach(said::add);
        throw CliException.failed(reason(said));
      }
      pause();
    }
    throw CliException.failed(
        "the server is not ready after %d s and goes on starting. Watch %s, or stop it with `segue down`."
            .formatted(patience.toSeconds(), home.consoleLog()));
  }

  /** Whether it is neither a failure nor what this process says itself in the end. */
  private static boolean isProgress(String line) {
    return !line.startsWith("segue: ")
        && !line.startsWith("  ")
        && !line.startsWith(UpCommand.READY);
  }

  private static boolean isReady(URI url) {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/health/ready")).timeout(Duration.ofSeconds(5)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.discarding()).statusCode() == HTTP_OK;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String reason(List<String> said) {
    String reason =
        said.stream()
            .filter(line -> line.startsWith("segue: "))
            .map(line -> line.substring("segue: ".length()))
            .reduce((first, second) -> second)
            .orElse("the server ended before it was ready.");
    return reason + " The whole output is in " + home.consoleLog() + ".";
  }

  private Process launch() {
    try {
      Files.createDirectories(
          home.logs(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.deleteIfExists(home.consoleLog());
      Files.createFile(
          home.consoleLog(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return new ProcessBuilder(command())
          .redirectInput(new File("/dev/null"))
          .redirectErrorStream(true)
          .redirectOutput(home.consoleLog().toFile())
          .start();
    } catch (IOException e) {
      throw CliException.failed(
          "the home folder %s can't be written (%s). Make it writable for this account, or choose another one with --home or SEGUE_HOME."
              .formatted(home.path(), e.getMessage()),
          e);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
    String installation = System.getProperty(Distribution.PROPERTY);
    if (installation == null) {
      command.addAll(thisJava());
    } else {
      command.add(Path.of(installation, "bin", "segue").toString());
    }
    command.add("up");
    command.add("--home");
    command.add(home.path().toString());
    settings.forEach(
        (key, value) -> {
          command.add("--set");
          command.add(key + "=" + value);
        });
    return command;
  }

  private static List<String> thisJava() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(SegueCommand.class.getName());
    return command;
  }

  /** A session of its own keeps the terminal's Ctrl-C and hang-up away. */
  private static Optional<Path> onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted; the server goes on starting.", e);
    }
  }

  /** Whole lines that were added to a file. */
  private static final class ConsoleLog {

    private final Path file;
    private int seen;

    ConsoleLog(Path file) {
      this.file = file;
    }

    List<String> newLines() {
      try {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int end = text.lastIndexOf('\n') + 1;
        List<String> lines = text.substring(Math.min(seen, end), end).lines().toList();
        seen = end;
        return lines;
      } catch (IOException e) {
        return List.of();
      }
    }
  }
}
