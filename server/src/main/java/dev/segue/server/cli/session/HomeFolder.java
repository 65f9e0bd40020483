package dev.segue.server.cli.session;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The files of a server's home folder that the command line reads.
 *
 * @param path the folder, absolute
 */
public record HomeFolder(Path path) {

  /** What the running server says of itself: {@code url}, {@code pid} and {@code startedAt}. */
  public Path serverFile() {
    return path.resolve("server.json");
  }

  /** The token with which the command line signs in on the server's own account. */
  public Path tokenFile() {
    return path.resolve("cli-token");
  }

  /** The first administrator's password, until it is changed. */
  public Path passwordFile() {
    return path.resolve("admin-password");
  }

  /** What the server and its parts log. */
  public Path logs() {
    return path.resolve("logs");
  }

  /** What a server started in the background prints. */
  public Path consoleLog() {
    return logs().resolve("console.log");
  }

  /** The server that runs, or last ran, on this folder; empty if none said so. */
  public Optional<ServerFile> server() {
    return text(serverFile()).flatMap(Json::parse).flatMap(HomeFolder::serverFrom);
  }

  /** The server that runs on this folder now. */
  public Optional<ServerFile> runningServer() {
    return server().filter(ServerFile::isRunning);
  }

  /** The token of the server's own account. */
  public Optional<String> token() {
    return text(tokenFile()).map(String::strip).filter(token -> !token.isEmpty());
  }

  private static Optional<ServerFile> serverFrom(JsonNode json) {
    try {
      return Optional.of(
          new ServerFile(
              URI.create(Json.text(json, "url")),
              json.path("pid").asLong(),
              Instant.parse(Json.text(json, "startedAt"))));
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw CliException.failed(
          "%s can't be read (%s). Run the command as the account that runs the server, or sign in"
                  .formatted(file, e.getClass().getSimpleName())
              + " with `segue login URL`.",
          e);
    }
  }
}
