package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.session.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Secrets of a connection; never on the command line, where others could read them. */
final class SecretOptions {

  @Option(
      names = "--secret",
      paramLabel = "FIELD",
      description = "A secret to ask for; may be repeated.")
  private @Nullable List<String> asked;

  @Option(
      names = "--secret-stdin",
      paramLabel = "FIELD",
      description = "A secret to read from standard input.")
  private @Nullable String piped;

  @Option(
      names = "--secret-file",
      paramLabel = "FIELD=FILE",
      description = "A secret to read from a file; may be repeated.")
  private @Nullable Map<String, Path> files;

  ObjectNode read(Terminal terminal) {
    ObjectNode secrets = Json.object();
    if (files != null) {
      files.forEach((field, file) -> secrets.put(field, readFile(file)));
    }
    if (piped != null) {
      secrets.put(piped, readPiped(terminal));
    }
    for (String field : asked == null ? List.<String>of() : asked) {
      char[] typed =
          terminal
              .askSecret(field + ": ")
              .orElseThrow(
                  () ->
                      CliException.wrongUse(
                          "nobody can be asked for %s here. Use --secret-stdin %s or --secret-file."
                              .formatted(field, field)));
      secrets.put(field, String.valueOf(typed));
    }
    return secrets;
  }

  private static String readFile(Path file) {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException e) {
      throw CliException.wrongUse("%s can't be read. Check its name and rights.".formatted(file));
    }
  }

  private static String readPiped(Terminal terminal) {
    try {
      return new String(terminal.in().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw CliException.failed("standard input can't be read.", e);
    }
  }
}
