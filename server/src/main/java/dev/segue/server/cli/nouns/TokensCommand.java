package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** API tokens. */
@Command(name = "tokens", description = "API tokens of programs.")
final class TokensCommand {

  private final Session session;
  private final Clock clock;

  TokensCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Command(name = "list", description = "List tokens: your own, or all for an administrator.")
  void list(@Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("tokens")),
            "No tokens.",
            Column.of("ID", "id"),
            Column.of("USER", "username"),
            Column.of("NAME", "name"),
            Column.of("ROLES", "roles"),
            Column.time("CREATED", "createdAt"),
            Column.time("LAST USED", "lastUsedAt"),
            Column.time("EXPIRES", "expiresAt"),
            Column.time("REVOKED", "revokedAt"));
  }

  @Command(name = "create", description = "Make a token for your account; it is shown only once.")
  void create(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--role",
              split = ",",
              paramLabel = "ROLE",
              description = "Fewer roles than your account has.")
          @Nullable List<String> roles,
      @Option(
              names = "--days",
              paramLabel = "N",
              description = "How long it is good; for ever without.")
          @Nullable Integer days) {
    ObjectNode body = Json.object().put("name", name);
    if (roles != null) {
      body.set("roles", UsersCommand.strings(roles));
    }
    if (days != null) {
      body.put("expiresAt", clock.instant().plus(Duration.ofDays(days)).toString());
    }
    JsonNode made = session.api().post(ApiPath.of("tokens"), body);
    Output out = session.out();
    if (out.isJson()) {
      out.json(made);
    } else {
      out.line(Json.text(made, "token"));
      out.remark("note it down: it can't be shown again.");
    }
  }

  @Command(name = "revoke", description = "Revoke a token.")
  void revoke(@Parameters(paramLabel = "ID") String token) {
    session.out().done(session.api().delete(ApiPath.of("tokens", token)), "Revoked.");
  }
}
