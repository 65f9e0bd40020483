package dev.segue.server.cli;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.api.SignIn;
import dev.segue.server.cli.session.Session;
import dev.segue.server.cli.session.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Signs in to a server elsewhere, and keeps a token for it. */
@Command(
    name = "login",
    description = "Sign in to a server elsewhere; the token is kept for later commands.")
final class LoginCommand implements Runnable {

  private final Session session;
  private final Clock clock;

  @Parameters(paramLabel = "URL", description = "Such as https://segue.example.com.")
  private URI url = URI.create("");

  @Option(names = "--user", paramLabel = "NAME", description = "Asked for without it.")
  private @Nullable String user;

  @Option(names = "--token-stdin", description = "Keep an API token from standard input instead.")
  private boolean tokenStdin;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How long the sign-in is good (${DEFAULT-VALUE}).")
  private int days = 90;

  LoginCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public void run() {
    Session.checked(url);
    if (url.getScheme().equals("http") && !isLoopback(url.getHost())) {
      session.out().remark("%s is not encrypted: others may read what you type.".formatted(url));
    }
    ObjectNode entry = tokenStdin ? fromToken() : fromPassword();
    session.credentials().put(url, entry);
    session
        .out()
        .done(
            Json.object().put("url", url.toString()).put("username", Json.text(entry, "username")),
            "Signed in to %s as %s.".formatted(url, Json.text(entry, "username")));
  }

  private ObjectNode fromToken() {
    String token;
    try {
      token = new String(session.terminal().in().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw CliException.failed("standard input can't be read.", e);
    }
    if (token.isEmpty()) {
      throw CliException.wrongUse("no token came on standard input.");
    }
    JsonNode me = new ApiClient(url, token).get(ApiPath.of("me"));
    return Json.object().put("token", token).put("username", Json.text(me, "username"));
  }

  private ObjectNode fromPassword() {
    Terminal terminal = session.terminal();
    String name = user != null ? user : terminal.ask("User: ").orElseThrow(LoginCommand::nobody);
    char[] password = terminal.askSecret("Password: ").orElseThrow(LoginCommand::nobody);
    try {
      JsonNode made =
          new SignIn(url)
              .token(
                  name,
                  password,
                  "Command line on " + hostName(),
                  clock.instant().plus(Duration.ofDays(days)));
      return Json.object()
          .put("token", Json.text(made, "token"))
          .put("tokenId", Json.text(made, "id"))
          .put("username", name)
          .put("expiresAt", Json.text(made, "expiresAt"));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static CliException nobody() {
    return CliException.wrongUse(
        "nobody can be asked for a name and password here. Use --token-stdin.");
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "an unnamed machine";
    }
  }
}
