package dev.segue.server.cli;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.session.Credentials;
import dev.segue.server.cli.session.Session;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Ends a sign-in: revokes its token and forgets it. */
@Command(name = "logout", description = "End the sign-in to a server elsewhere.")
final class LogoutCommand implements Runnable {

  private final Session session;

  @Parameters(arity = "0..1", paramLabel = "URL", description = "The last one without it.")
  private @Nullable URI url;

  LogoutCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    Credentials credentials = session.credentials();
    URI server =
        Optional.ofNullable(url)
            .or(() -> Optional.ofNullable(session.namedUrl()))
            .or(credentials::last)
            .orElseThrow(() -> CliException.failed("you are not signed in anywhere."));
    JsonNode entry =
        credentials
            .of(server)
            .orElseThrow(() -> CliException.failed("you are not signed in to " + server + "."));
    String remark = revoke(server, entry);
    credentials.remove(server);
    if (!remark.isEmpty()) {
      session.out().remark(remark);
    }
    session
        .out()
        .done(Json.object().put("url", server.toString()), "Signed out of " + server + ".");
  }

  private static String revoke(URI server, JsonNode entry) {
    String id = Json.text(entry, "tokenId");
    if (id.isEmpty()) {
      return "";
    }
    try {
      new ApiClient(server, Json.text(entry, "token")).delete(ApiPath.of("tokens", id));
      return "";
    } catch (CliException e) {
      return "the token is forgotten here but could not be revoked there: " + e.getMessage();
    }
  }
}
