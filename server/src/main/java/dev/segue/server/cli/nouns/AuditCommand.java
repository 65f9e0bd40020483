package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.Session;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Who did what. */
@Command(name = "audit", description = "Who did what, and whether the trail is whole.")
final class AuditCommand {

  private final Session session;
  private final Clock clock;

  AuditCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Command(name = "list", description = "List the trail, newest first.")
  void list(
      @Option(names = "--actor", paramLabel = "USER") @Nullable String actor,
      @Option(names = "--action", paramLabel = "ACTION") @Nullable String action,
      @Option(names = "--subject", paramLabel = "KIND[:ID]") @Nullable String subject,
      @Option(names = "--since", paramLabel = "TIME", description = "Such as 2h, 3d or 2026-01-31.")
          @Nullable String since,
      @Mixin ListOptions page) {
    Output out = session.out();
    String[] parts = subject == null ? new String[0] : subject.split(":", 2);
    out.list(
        page.list(
            session.api(),
            ApiPath.of("audit")
                .with("actor", actor)
                .with("action", action)
                .with("subjectKind", parts.length > 0 ? parts[0] : null)
                .with("subjectId", parts.length > 1 ? parts[1] : null)
                .with("since", Times.parse("--since", since, clock.instant(), out.texts().zone()))),
        "Nothing was done yet.",
        Column.of("SEQ", "seq"),
        Column.time("AT", "at"),
        Column.of("ACTOR", "actor"),
        Column.of("ACTION", "action"),
        new Column("SUBJECT", (row, texts) -> subject(row)),
        Column.cut("DETAIL", "detail"));
  }

  @Command(name = "verify", description = "Check that the trail is whole.")
  int verify() {
    JsonNode finding = session.api().get(ApiPath.of("audit", "verification"));
    boolean intact = finding.path("intact").asBoolean(false);
    session
        .out()
        .done(
            finding,
            intact
                ? "The trail is whole: %s entries. Note its head elsewhere: %s"
                    .formatted(Json.text(finding, "entries"), Json.text(finding, "head"))
                : "The trail is broken at entry %s: it was altered past Segue."
                    .formatted(Json.text(finding, "firstBroken")));
    return intact ? 0 : CliException.FAILED;
  }

  private static String subject(JsonNode row) {
    return Texts.clean(Json.text(row, "subjectKind") + " " + Json.text(row, "subjectId"));
  }
}
