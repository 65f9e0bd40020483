package dev.segue.server.cli.session;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a command reads and prints. The one place that touches the process's own streams. */
public interface Terminal {

  /** For results. */
  PrintWriter out();

  /** For remarks and failures. */
  PrintWriter err();

  /** What is piped in. */
  InputStream in();

  /** The environment variables. */
  Map<String, String> environment();

  /** Asks the person; empty if nobody sits there. */
  Optional<String> ask(String question);

  /** Asks without showing what is typed; empty if nobody sits there. */
  Optional<char[]> askSecret(String question);

  /** The terminal of this process. */
  static Terminal system() {
    return new SystemTerminal(
        new PrintWriter(System.out, false, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        System.in,
        System.getenv(),
        System.console());
  }

  /** The process's own streams. */
  record SystemTerminal(
      PrintWriter out,
      PrintWriter err,
      InputStream in,
      Map<String, String> environment,
      @Nullable Console console)
      implements Terminal {

    @Override
    public Optional<String> ask(String question) {
      return Optional.ofNullable(console == null ? null : console.readLine("%s", question));
    }

    @Override
    public Optional<char[]> askSecret(String question) {
      return Optional.ofNullable(console == null ? null : console.readPassword("%s", question));
    }
  }
}
