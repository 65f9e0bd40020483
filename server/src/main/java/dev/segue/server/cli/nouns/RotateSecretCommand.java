package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Gives a webhook a new secret. */
@Command(
    name = "rotate-secret",
    description = "Make a new secret of a webhook; the former one still holds for a while.")
final class RotateSecretCommand implements Runnable {

  private final Session session;

  @Parameters(paramLabel = "TRIGGER")
  private String trigger = "";

  @Option(
      names = "--overlap",
      paramLabel = "DURATION",
      description =
          "For how long the former one still holds: a day without it; PT0S if it got known.")
  private @Nullable String overlap;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "Holds the secret that the sender made; `-` for standard input.")
  private @Nullable Path file;

  RotateSecretCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    ObjectNode body = Json.object();
    if (overlap != null) {
      body.put("overlap", overlap);
    }
    if (file != null) {
      body.put("secret", read(file));
    }
    ApiClient api = session.api();
    WebhookCommand.show(
        session.out(), api, api.post(ApiPath.of("triggers", trigger, "webhook-secret"), body));
  }

  private String read(Path from) {
    try {
      return from.toString().equals("-")
          ? new String(session.terminal().in().readAllBytes(), StandardCharsets.UTF_8).strip()
          : Files.readString(from).strip();
    } catch (IOException e) {
      throw CliException.wrongUse("%s can't be read. Check its name and rights.".formatted(from));
    }
  }
}
