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
      @Mixin ListOptions page) {
    Output out = session.out();
    ApiPath path =
        ApiPath.of("runs")
            .withEach("state", states)
            .with("workflow", workflow)
            .with("site", site)
            .with("mode", mode)
            .with("since", Times.parse("--since", since, clock.instant(), out.texts().zone()));
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
  void show(@Parameters(paramLabel = "RUN") String run) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("runs", run));
    if (out.isJson()) {
      out.json(found);
    } else {
      RunView.print(out, found);
    }
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
