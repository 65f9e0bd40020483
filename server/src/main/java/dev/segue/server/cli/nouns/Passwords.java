package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.session.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** New passwords, typed twice or piped in. */
final class Passwords {

  private Passwords() {}

  static String fresh(Terminal terminal, boolean piped, String question) {
    if (piped) {
      try {
        return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
      } catch (IOException e) {
        throw CliException.failed("standard input can't be read.", e);
      }
    }
    char[] typed = ask(terminal, question + ": ");
    if (!Arrays.equals(typed, ask(terminal, "Once more: "))) {
      throw CliException.wrongUse("the two passwords differ. Try again.");
    }
    return String.valueOf(typed);
  }

  private static char[] ask(Terminal terminal, String question) {
    return terminal
        .askSecret(question)
        .orElseThrow(
            () ->
                CliException.wrongUse(
                    "nobody can be asked for a password here. Use --password-stdin."));
  }
}
