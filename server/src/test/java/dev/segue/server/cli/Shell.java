package dev.segue.server.cli;

import dev.segue.server.cli.session.Terminal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import picocli.CommandLine;

/** Runs commands as a person at a terminal would, in a configuration folder of its own. */
final class Shell {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Map<String, String> environment = new HashMap<>();
  private final Queue<String> typed = new ArrayDeque<>();
  private String piped = "";
  private ServerLauncher launcher =
      (home, settings) -> {
        throw new AssertionError("no server should have been started");
      };

  Shell(Path folder) {
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    environment.put("SEGUE_HOME", folder.resolve("home").toString());
  }

  /** What a command printed, and its exit code. */
  record Result(int exitCode, String out, String err) {

    List<String> lines() {
      return out.lines().toList();
    }
  }

  Shell signedInTo(URI server) {
    environment.put("SEGUE_URL", server.toString());
    environment.put("SEGUE_TOKEN", "secret-token");
    return this;
  }

  Shell typing(String... answers) {
    typed.addAll(List.of(answers));
    return this;
  }

  Shell piping(String text) {
    piped = text;
    return this;
  }

  Shell launching(ServerLauncher with) {
    launcher = with;
    return this;
  }

  /** The commands themselves, to be looked at. */
  CommandLine commandLine() {
    return SegueCommand.line(
        new FakeTerminal(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())),
        launcher,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        SegueCommand.run(
            new FakeTerminal(new PrintWriter(out), new PrintWriter(err)),
            launcher,
            Clock.fixed(NOW, ZoneOffset.UTC),
            args);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private final class FakeTerminal implements Terminal {

    private final PrintWriter out;
    private final PrintWriter err;

    FakeTerminal(PrintWriter out, PrintWriter err) {
      this.out = out;
      this.err = err;
    }

    @Override
    public PrintWriter out() {
      return out;
    }

    @Override
    public PrintWriter err() {
      return err;
    }

    @Override
    public InputStream in() {
      return new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, String> environment() {
      return environment;
    }

    @Override
    public Optional<String> ask(String question) {
      return Optional.ofNullable(typed.poll());
    }

    @Override
    public Optional<char[]> askSecret(String question) {
      return Optional.ofNullable(typed.poll()).map(String::toCharArray);
    }
  }
}
