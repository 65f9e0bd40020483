package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From where points are fetched. */
@Command(name = "sources", description = "From where points are fetched: queries and plugins.")
final class MetricSourcesCommand {

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int NOT_FOUND = 404;

  private static final Column[] REASONS = {Column.of("ROW", "row"), Column.of("REASON", "reason")};

  private final Session session;
  private final Clock clock;

  MetricSourcesCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Command(name = "list", description = "List the sources.")
  void list(@Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("metric-sources")),
            "No sources. Add one with `segue metrics sources put ID FILE`.",
            Column.of("ID", "id"),
            Column.of("KIND", "kind"),
            new Column("WHEN", (row, texts) -> when(row)),
            Column.time("NEXT", "nextAt"),
            Column.time("COLLECTED TO", "collectedTo"),
            new Column("POINTS", (row, texts) -> Texts.value(row.path("last").path("points"))),
            new Column("REFUSED", (row, texts) -> Texts.value(row.path("last").path("refused"))),
            new Column("ERROR", (row, texts) -> cut(Json.text(row.path("last"), "error"))));
  }

  @Command(name = "show", description = "Show a source and what became of its last collection.")
  void show(@Parameters(paramLabel = "SOURCE") String source) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("metric-sources", source));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("id", "id"),
        Column.of("title", "title"),
        Column.of("description", "description"),
        Column.of("metric", "metric"),
        Column.of("unit", "unit"),
        new Column("when", (row, texts) -> when(row)),
        Column.of("lookback", "lookback"),
        Column.of("plugin", "plugin"),
        Column.of("paused", "paused"),
        Column.of("paused by", "pausedBy"),
        Column.of("because", "pauseReason"),
        Column.time("next", "nextAt"),
        Column.time("collected to", "collectedTo"),
        Column.of("changed by", "changedBy"),
        Column.time("changed", "changedAt"));
    if (found.has("sql")) {
      out.heading("Query");
      out.line(Json.text(found.path("sql"), "query").stripTrailing());
    }
    if (found.has("last")) {
      out.heading("Last collection");
      told(found.path("last"));
    }
  }

  @Command(
      name = "put",
      description = {
        "Add or replace a source.",
        "The file is YAML or JSON with metric, unit, every or cron, and sql (query) or plugin (id, metrics, connection). It is tried first."
      })
  void put(
      @Parameters(index = "0", paramLabel = "ID") String source,
      @Parameters(index = "1", paramLabel = "FILE") Path file) {
    ApiPath path = ApiPath.of("metric-sources", source);
    JsonNode made = session.api().put(path, Values.read(file), version(path));
    session
        .out()
        .done(made, "Saved. `segue metrics sources show " + source + "` tells what it fetched.");
  }

  /** Of what is to be replaced; null for something new. */
  private @Nullable String version(ApiPath path) {
    try {
      return session.api().read(path).etag();
    } catch (CliException e) {
      if (e.status() == NOT_FOUND) {
        return null;
      }
      throw e;
    }
  }

  @Command(name = "preview", description = "Show the first points of a source before it is added.")
  void preview(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--from", paramLabel = "TIME", description = "Such as 2d.")
          @Nullable String from,
      @Option(names = "--to", paramLabel = "TIME", description = "Now without it.")
          @Nullable String to) {
    ObjectNode body = period(from, to);
    body.set("source", Values.read(file));
    JsonNode found = session.api().post(ApiPath.of("metric-source-preview"), body, PATIENCE);
    Output out = session.out();
    if (out.isJson()) {
      out.json(found);
      return;
    }
    if (found.path("points").isEmpty()) {
      out.line(
          "No points from %s to %s.".formatted(Json.text(found, "from"), Json.text(found, "to")));
    } else {
      out.table(
          found.path("points"),
          Column.of("METRIC", "metric"),
          Column.of("TIME", "time"),
          new Column("LABELS", (row, texts) -> labels(row)),
          Column.of("VALUE", "value"));
    }
    refused(found);
  }

  @Command(name = "collect", description = "Fetch points now, or those of a period again.")
  int collect(
      @Parameters(paramLabel = "SOURCE") String source,
      @Option(names = "--from", paramLabel = "TIME", description = "Such as 30d.")
          @Nullable String from,
      @Option(names = "--to", paramLabel = "TIME", description = "Now without it.")
          @Nullable String to) {
    JsonNode done =
        session
            .api()
            .post(ApiPath.of("metric-sources", source, "collect"), period(from, to), PATIENCE);
    Output out = session.out();
    if (out.isJson()) {
      out.json(done);
    } else {
      told(done);
    }
    return done.has("error") ? 1 : 0;
  }

  private ObjectNode period(@Nullable String from, @Nullable String to) {
    Instant now = clock.instant();
    ObjectNode period = Json.object();
    Instant begin = Times.parse("--from", from, now, clock.getZone());
    Instant end = Times.parse("--to", to, now, clock.getZone());
    if (begin != null) {
      period.put("from", begin.toString());
    }
    if (end != null) {
      period.put("to", end.toString());
    }
    return period;
  }

  private void told(JsonNode last) {
    Output out = session.out();
    out.line(
        "%s points from %s to %s in %s, %s refused."
            .formatted(
                Texts.value(last.path("points")),
                Json.text(last, "from"),
                Json.text(last, "to"),
                Json.text(last, "took"),
                Texts.value(last.path("refused"))));
    if (last.has("error")) {
      out.line("It failed: " + Json.text(last, "error"));
    }
    refused(last);
  }

  private void refused(JsonNode last) {
    if (!last.path("reasons").isEmpty()) {
      session.out().table(last.path("reasons"), REASONS);
    }
  }

  @Command(name = "pause", description = "Fetch no points of a source.")
  void pause(
      @Parameters(paramLabel = "SOURCE") String source,
      @Option(names = "--reason", paramLabel = "TEXT") @Nullable String reason) {
    ObjectNode body = Json.object().put("paused", true);
    if (reason != null) {
      body.put("reason", reason);
    }
    session
        .out()
        .done(session.api().patch(ApiPath.of("metric-sources", source), body, null), "Paused.");
  }

  @Command(name = "resume", description = "Fetch points again, those of the pause too.")
  void resume(@Parameters(paramLabel = "SOURCE") String source) {
    ObjectNode body = Json.object().put("paused", false);
    session
        .out()
        .done(session.api().patch(ApiPath.of("metric-sources", source), body, null), "Resumed.");
  }

  @Command(name = "remove", description = "Remove a source; its points stay.")
  void remove(@Parameters(paramLabel = "SOURCE") String source) {
    session.out().done(session.api().delete(ApiPath.of("metric-sources", source)), "Removed.");
  }

  private static String when(JsonNode row) {
    return row.has("cron")
        ? Json.text(row, "cron") + " " + Json.text(row, "zone")
        : "every " + Json.text(row, "every");
  }

  private static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static String labels(JsonNode row) {
    return row.path("labels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asString())
        .collect(Collectors.joining(", "));
  }
}
