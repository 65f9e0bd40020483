package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules that start runs when a metric is out of order. */
@Command(name = "monitors", description = "Rules that start runs when a metric is out of order.")
final class MonitorsCommand {

  private static final int NOT_FOUND = 404;

  private static final Column LABELS =
      new Column(
          "LABELS",
          (row, texts) ->
              row.path("labels").properties().stream()
                  .map(label -> label.getKey() + "=" + label.getValue().asString())
                  .collect(Collectors.joining(", ")));

  private final Session session;
  private final Clock clock;

  MonitorsCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Command(name = "list", description = "List the monitors and where they stand.")
  void list(@Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("monitors")),
            "No monitors. Add one with `segue monitors put ID FILE`.",
            Column.of("ID", "id"),
            Column.of("METRIC", "metric"),
            Column.of("WORKFLOW", "workflow"),
            Column.of("SEVERITY", "severity"),
            Column.of("PAUSED", "paused"),
            Column.of("GROUPS", "groups"),
            Column.cut("TITLE", "title"));
  }

  @Command(name = "show", description = "Show a monitor, its rule, its groups and its silences.")
  void show(
      @Parameters(paramLabel = "MONITOR") String monitor,
      @Option(
              names = "--phase",
              paramLabel = "PHASE",
              description = "Normal, Pending, Alerting, Recovering, NoData or Error.")
          @Nullable String phase,
      @Mixin ListOptions page) {
    JsonNode found = session.api().get(ApiPath.of("triggers", monitor));
    Output out = session.out();
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("id", "id"),
        Column.of("title", "title"),
        Column.of("workflow", "workflow"),
        Column.of("rule", "monitor"),
        Column.of("paused", "paused"),
        Column.of("because", "pauseReason"));
    out.heading("Silences");
    silences(monitor);
    out.heading("Groups");
    out.list(
        page.list(session.api(), ApiPath.of("monitors", monitor, "groups").with("phase", phase)),
        "No groups yet: no point came since it was written.",
        LABELS,
        Column.of("PHASE", "phase"),
        Column.time("SINCE", "since"));
  }

  @Command(
      name = "put",
      description = {
        "Add or replace a monitor.",
        "The file is YAML or JSON with workflow, title, variables and monitor (metric, labels, condition, for…)."
      })
  void put(
      @Parameters(index = "0", paramLabel = "ID") String monitor,
      @Parameters(index = "1", paramLabel = "FILE") Path file) {
    ObjectNode body = Values.read(file);
    if (!body.has("monitor")) {
      throw CliException.wrongUse("%s has no key monitor.".formatted(file));
    }
    JsonNode made = session.api().put(ApiPath.of("triggers", monitor), body, version(monitor));
    session.out().done(made, "Saved. `segue monitors show " + monitor + "` tells where it stands.");
  }

  /** Of what is to be replaced; null for something new. */
  private @Nullable String version(String monitor) {
    try {
      return session.api().read(ApiPath.of("triggers", monitor)).etag();
    } catch (CliException e) {
      if (e.status() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  @Command(name = "remove", description = "Remove a monitor; what it started goes on.")
  void remove(@Parameters(paramLabel = "MONITOR") String monitor) {
    session.out().done(session.api().delete(ApiPath.of("triggers", monitor)), "Removed.");
  }

  @Command(name = "pause", description = "Let a monitor start nothing; it goes on watching.")
  void pause(
      @Parameters(paramLabel = "MONITOR") String monitor,
      @Option(names = "--reason", paramLabel = "TEXT") @Nullable String reason) {
    ObjectNode body = Json.object().put("paused", true);
    if (reason != null) {
      body.put("reason", reason);
    }
    session.out().done(session.api().patch(ApiPath.of("triggers", monitor), body, null), "Paused.");
  }

  @Command(name = "resume", description = "Let a monitor start runs again.")
  void resume(@Parameters(paramLabel = "MONITOR") String monitor) {
    ObjectNode body = Json.object().put("paused", false);
    session
        .out()
        .done(session.api().patch(ApiPath.of("triggers", monitor), body, null), "Resumed.");
  }

  @Command(name = "silence", description = "Let a monitor's alerts start no runs for a while.")
  void silence(
      @Parameters(paramLabel = "MONITOR") String monitor,
      @Option(
              names = "--for",
              required = true,
              paramLabel = "DURATION",
              description = "Such as PT2H or P3D.")
          String lasting,
      @Option(names = "--reason", required = true, paramLabel = "TEXT") String reason,
      @Option(
              names = "--label",
              paramLabel = "NAME=VALUE",
              description = "Only groups with this label; may be repeated.")
          @Nullable List<String> labels) {
    ObjectNode body = Json.object();
    body.put("endsAt", clock.instant().plus(duration(lasting)).toString());
    body.put("reason", reason);
    body.set("labels", Values.collect("--label", null, labels));
    JsonNode made = session.api().post(ApiPath.of("monitors", monitor, "silences"), body);
    session
        .out()
        .done(
            made,
            "Silenced until %s. End it with `segue monitors unsilence %s %s`."
                .formatted(Json.text(made, "endsAt"), monitor, Json.text(made, "id")));
  }

  @Command(name = "unsilence", description = "End a silence.")
  void unsilence(
      @Parameters(index = "0", paramLabel = "MONITOR") String monitor,
      @Parameters(index = "1", paramLabel = "SILENCE") String silence) {
    session
        .out()
        .done(
            session.api().delete(ApiPath.of("monitors", monitor, "silences", silence)),
            "The silence is over.");
  }

  @Command(
      name = "backtest",
      description = "Replay a rule over stored points and show when it would have fired.")
  void backtest(
      @Parameters(
              paramLabel = "MONITOR",
              arity = "0..1",
              description = "Its rule; with --file, the rule to compare with.")
          @Nullable String monitor,
      @Option(names = "--file", paramLabel = "FILE", description = "A rule, as `put` takes it.")
          @Nullable Path file,
      @Option(names = "--from", paramLabel = "TIME", description = "30 days ago without it.")
          @Nullable String from,
      @Option(names = "--to", paramLabel = "TIME") @Nullable String to) {
    if (monitor == null && file == null) {
      throw CliException.wrongUse("name a monitor, or give a rule with --file.");
    }
    Instant now = clock.instant();
    Instant begin = Times.parse("--from", from, now, clock.getZone());
    Instant end = Times.parse("--to", to, now, clock.getZone());
    ObjectNode body = Json.object();
    body.put("from", (begin == null ? now.minus(Duration.ofDays(30)) : begin).toString());
    if (end != null) {
      body.put("to", end.toString());
    }
    if (monitor != null) {
      body.put("id", monitor);
    }
    if (file != null) {
      body.set("monitor", Values.read(file).path("monitor"));
    }
    shown(session.api().post(ApiPath.of("monitors", "backtest"), body, Duration.ofMinutes(3)));
  }

  private void shown(JsonNode result) {
    Output out = session.out();
    if (out.isJson()) {
      out.json(result);
      return;
    }
    Column[] columns = {
      Column.time("OPENED", "openedAt"),
      Column.time("CLOSED", "closedAt"),
      Column.of("LASTED", "duration"),
      Column.of("PEAK", "peak"),
      Column.of("EXPECTED", "expected"),
      Column.of("IN FORCE", "inForce"),
      LABELS
    };
    out.table(result.path("firings"), columns);
    out.line(
        "%d firings over %s points of %s series."
            .formatted(
                result.path("firings").size(),
                Json.text(result, "points"),
                Json.text(result, "series")));
    if (result.has("missed")) {
      out.line(
          "%s the rule in force didn't have; %d of its own are missing%s"
              .formatted(
                  Json.text(result, "added"),
                  result.path("missed").size(),
                  result.path("missed").isEmpty() ? "." : ":"));
      out.table(result.path("missed"), columns);
    }
  }

  private void silences(String monitor) {
    session
        .out()
        .list(
            session.api().list(ApiPath.of("monitors", monitor, "silences"), Integer.MAX_VALUE),
            "None.",
            Column.of("ID", "id"),
            LABELS,
            Column.time("UNTIL", "endsAt"),
            Column.of("BY", "author"),
            Column.cut("REASON", "reason"));
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw CliException.wrongUse("--for: `%s` is no duration. Write PT2H or P3D.".formatted(text));
    }
  }
}
