package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rehearsals that were started with {@code segue rehearse}. */
@Command(
    name = "rehearsals",
    description = "Rehearsals over past days. `segue rehearse` starts one.")
final class RehearsalsCommand {

  private final Session session;

  RehearsalsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the rehearsals, newest first.")
  void list(
      @Option(names = "--workflow", paramLabel = "WORKFLOW") @Nullable String workflow,
      @Option(
              names = "--state",
              paramLabel = "STATE",
              description = "running, completed or cancelled.")
          @Nullable String state,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(),
                ApiPath.of("rehearsals").with("workflow", workflow).with("state", state)),
            "No rehearsals. Start one with `segue rehearse WORKFLOW --from DAY --to DAY`.",
            Column.of("ID", "id"),
            Column.of("WORKFLOW", "workflow"),
            Column.of("FROM", "from"),
            Column.of("TO", "to"),
            Column.of("STATE", "state"),
            new Column(
                "DAYS",
                (row, texts) -> {
                  JsonNode progress = row.path("progress");
                  int days = progress.path("days").asInt(0);
                  int open = progress.path("planned").asInt(0) + progress.path("running").asInt(0);
                  return "%d of %d".formatted(days - open, days);
                }),
            Column.of("BY", "startedBy"),
            Column.time("STARTED", "createdAt"));
  }

  @Command(name = "show", description = "Show a rehearsal's report, as far as it has come.")
  void show(
      @Parameters(paramLabel = "REHEARSAL") String rehearsal,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "Write the report there: all of it as .json, or the changes as .csv.")
          @Nullable Path file) {
    RehearsalFile.check(file);
    Output out = session.out();
    ApiClient api = session.api();
    JsonNode found = api.get(ApiPath.of("rehearsals", rehearsal));
    List<JsonNode> days = RehearsalReport.days(api, Json.text(found, "id"));
    if (file != null) {
      RehearsalFile.write(file, found, days);
    }
    RehearsalReport.print(out, found, days);
  }

  @Command(name = "cancel", description = "End a rehearsal; what is reported stays.")
  void cancel(
      @Parameters(paramLabel = "REHEARSAL") String rehearsal,
      @Option(names = "--reason", paramLabel = "TEXT") @Nullable String reason) {
    ObjectNode body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    session
        .out()
        .done(
            session.api().post(ApiPath.of("rehearsals", rehearsal, "cancellation"), body),
            "Cancelled.");
  }
}
