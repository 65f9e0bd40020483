package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs of workflows. */
@Command(name = "runs", description = "Runs of workflows.")
final class RunsCommand {

  private final Session session;
  private final Clock clock;

  RunsCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Command(name = "list", description = "List runs, newest first.")
  void list(
      @Option(
              names = "--state",
              split = ",",
              paramLabel = "STATE",
              description =
                  "starting, active, incident, cancelling, completed, cancelled or refused.")
          @Nullable List<String> states,
      @Option(names = "--workflow", paramLabel = "ID") @Nullable String workflow,
      @Option(names = "--site", paramLabel = "ID") @Nullable String site,
      @Option(names = "--mode", paramLabel = "MODE", description = "live or simulated.")
          @Nullable String mode,
      @Option(
              names = "--since",
              paramLabel = "TIME",
              description = "Such as 2h, 3d or 2026-01-31T08:00.")
          @Nullable String since,
      @Option(names = "--until", paramLabel = "TIME", description = "Made before that time.")
          @Nullable String until,
      @Option(names = "--started-by", paramLabel = "USER") @Nullable String startedBy,
      @Option(names = "--business-key", paramLabel = "KEY") @Nullable String businessKey,
      @Option(
              names = "--find",
              paramLabel = "TEXT",
              description = "How the id or the business key begins.")
          @Nullable String beginning,
      @Mixin ListOptions page) {
    Output out = session.out();
    ApiPath path =
        ApiPath.of("runs")
            .withEach("state", states)
            .with("workflow", workflow)
            .with("site", site)
            .with("mode", mode)
            .with("since", time("--since", since))
            .with("until", time("--until", until))
            .with("startedBy", startedBy)
            .with("businessKey", businessKey)
            .with("q", beginning);
    out.list(
        page.list(session.api(), path),
        "No runs. Start one with `segue run WORKFLOW`.",
        Column.of("ID", "id"),
        Column.of("WORKFLOW", "workflow"),
        Column.of("STATE", "state"),
        Column.of("MODE", "mode"),
        Column.of("SITE", "site"),
        Column.time("STARTED", "createdAt"),
        Column.time("ENDED", "endedAt"),
        Column.of("INCIDENTS", "openIncidents"),
        Column.of("APPROVALS", "openApprovals"));
  }

  @Command(name = "show", description = "Show a run: its timeline, incidents, approvals, changes.")
  void show(
      @Parameters(paramLabel = "RUN") String run,
      @Option(names = "--verbose", description = "Also what the steps got and returned, in full.")
          boolean verbose) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("runs", run));
    if (out.isJson()) {
      out.json(found);
    } else {
      RunView.print(out, found, verbose);
    }
  }

  @Command(name = "timeline", description = "List all that a run came to, oldest first.")
  void timeline(@Parameters(paramLabel = "RUN") String run, @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("runs", run, "timeline")),
            "It has come to nothing yet.",
            RunView.TIMELINE);
  }

  @Command(name = "count", description = "Count the runs of each site.")
  void count(
      @Option(names = "--since", paramLabel = "TIME", description = "Such as 24h.")
          @Nullable String since,
      @Option(names = "--until", paramLabel = "TIME") @Nullable String until,
      @Option(names = "--workflow", paramLabel = "ID") @Nullable String workflow,
      @Option(names = "--mode", paramLabel = "MODE", description = "live or simulated.")
          @Nullable String mode) {
    ApiPath path =
        ApiPath.of("run-counts")
            .with("since", time("--since", since))
            .with("until", time("--until", until))
            .with("workflow", workflow)
            .with("mode", mode);
    session
        .out()
        .list(
            session.api().listWhole(path),
            "No runs.",
            Column.of("SITE", "site"),
            Column.of("TOTAL", "total"),
            Column.of("ACTIVE", "active"),
            Column.of("INCIDENT", "incident"),
            Column.of("COMPLETED", "completed"),
            Column.of("CANCELLED", "cancelled"),
            Column.of("REFUSED", "refused"));
  }

  private @Nullable Object time(String option, @Nullable String text) {
    return Times.parse(option, text, clock.instant(), session.out().texts().zone());
  }

  @Command(name = "cancel", description = "Cancel a run.")
  void cancel(
      @Parameters(paramLabel = "RUN") String run,
      @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
          String reason) {
    JsonNode answer =
        session
            .api()
            .post(ApiPath.of("runs", run, "cancellation"), Json.object().put("reason", reason));
    session.out().done(answer, "It is being cancelled.");
  }

  @Command(
      name = "adopt",
      description = "Say in which mode a run goes on that was started past Segue.")
  void adopt(
      @Parameters(paramLabel = "RUN") String run,
      @Option(
              names = "--mode",
              required = true,
              paramLabel = "MODE",
              description = "live or simulated.")
          String mode,
      @Option(names = "--site", paramLabel = "ID") @Nullable String site) {
    ObjectNode body = Json.object().put("mode", mode);
    if (site != null) {
      body.put("site", site);
    }
    JsonNode answer = session.api().post(ApiPath.of("runs", run, "adoption"), body);
    session.out().done(answer, "It goes on, " + mode + ".");
  }
}
