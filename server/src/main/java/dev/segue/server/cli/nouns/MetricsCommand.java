package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Series of numbers over time. */
@Command(name = "metrics", description = "Series of numbers over time.")
final class MetricsCommand {

  /** The server takes 16 MiB at once. */
  private static final int PART = 8 << 20;

  private final Session session;
  private final Clock clock;

  MetricsCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Command(name = "list", description = "List metrics.")
  void list(
      @Option(names = "--search", paramLabel = "TEXT", description = "Part of the name or title.")
          @Nullable String search,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("metrics").with("search", search)),
            "No metrics. Push points with `segue metrics push FILE`.",
            Column.of("METRIC", "metric"),
            Column.of("TITLE", "title"),
            Column.of("UNIT", "unit"),
            Column.of("SERIES", "series"),
            Column.time("LAST POINT", "lastAt"));
  }

  @Command(name = "show", description = "Show a metric's series.")
  void show(
      @Parameters(paramLabel = "METRIC") String metric,
      @Option(names = "--label", paramLabel = "NAME=VALUE", description = "May be repeated.")
          @Nullable List<String> labels,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(), ApiPath.of("metrics", metric, "series").withEach("label", labels)),
            "No series.",
            new Column("LABELS", (row, texts) -> labels(row)),
            Column.time("LAST POINT", "lastAt"),
            Column.of("VALUE", "lastValue"));
  }

  @Command(name = "query", description = "Show a metric's values over time.")
  void query(
      @Parameters(paramLabel = "METRIC") String metric,
      @Option(names = "--label", paramLabel = "NAME=VALUE", description = "May be repeated.")
          @Nullable List<String> labels,
      @Option(names = "--from", paramLabel = "TIME", description = "Such as 2d; a day without it.")
          @Nullable String from,
      @Option(names = "--to", paramLabel = "TIME", description = "Now without it.")
          @Nullable String to,
      @Option(names = "--step", paramLabel = "DURATION", description = "PT1H without it.")
          @Nullable String step,
      @Option(
              names = "--aggregation",
              paramLabel = "HOW",
              description = "mean, sum, min, max, count or last; mean without it.")
          @Nullable String aggregation,
      @Option(
              names = "--by",
              paramLabel = "LABEL",
              arity = "0..1",
              fallbackValue = "",
              description =
                  "Tell series apart by this label; may be repeated; all together if empty.")
          @Nullable List<String> by) {
    Instant now = clock.instant();
    JsonNode answer =
        session
            .api()
            .get(
                ApiPath.of("metrics", metric, "values")
                    .withEach("label", labels)
                    .with("from", Times.parse("--from", from, now, clock.getZone()))
                    .with("to", Times.parse("--to", to, now, clock.getZone()))
                    .with("step", step)
                    .with("aggregation", aggregation)
                    .withEach("by", by));
    Output out = session.out();
    if (out.isJson()) {
      out.json(answer);
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode series : answer.path("series")) {
      String name = labels(series);
      for (JsonNode point : series.path("points")) {
        rows.add(
            List.of(
                Instant.ofEpochMilli(point.path(0).asLong()).toString(),
                name,
                point.path(1).asString()));
      }
    }
    if (rows.isEmpty()) {
      out.line(
          "No points from %s to %s.".formatted(Json.text(answer, "from"), Json.text(answer, "to")));
      return;
    }
    out.table(List.of("TIME", "LABELS", "VALUE"), rows);
  }

  @Command(
      name = "push",
      description =
          "Push points: JSON lines such as"
              + " {\"metric\":\"orders\",\"time\":\"2026-01-31T08:00:00Z\",\"value\":12,"
              + "\"labels\":{\"site\":\"cafe\"}}.")
  int push(@Parameters(paramLabel = "FILE") Path file) {
    long accepted = 0;
    long refused = 0;
    long lines = 0;
    List<List<String>> errors = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] rest = new byte[0];
      for (byte[] read = in.readNBytes(PART); read.length > 0 || rest.length > 0; ) {
        boolean last = read.length < PART;
        byte[] part = joined(rest, read);
        int end = last ? part.length : lastLineEnd(file, part);
        byte[] whole = Arrays.copyOf(part, end);
        rest = Arrays.copyOfRange(part, end, part.length);
        JsonNode taken = session.api().upload(ApiPath.of("metrics"), "application/x-ndjson", whole);
        accepted += taken.path("accepted").asLong();
        refused += taken.path("refused").asLong();
        for (JsonNode error : taken.path("errors")) {
          errors.add(
              List.of(
                  Long.toString(lines + error.path("line").asLong()), Json.text(error, "reason")));
        }
        lines += newLines(whole);
        read = last ? new byte[0] : in.readNBytes(PART);
      }
    } catch (IOException e) {
      throw CliException.wrongUse("%s can't be read. Check its name and rights.".formatted(file));
    }
    return told(accepted, refused, errors);
  }

  private int told(long accepted, long refused, List<List<String>> errors) {
    Output out = session.out();
    ObjectNode answer = Json.object().put("accepted", accepted).put("refused", refused);
    out.done(answer, "%d points taken, %d refused.".formatted(accepted, refused));
    if (!errors.isEmpty() && !out.isJson()) {
      out.table(List.of("LINE", "REASON"), errors);
    }
    return refused == 0 ? 0 : 1;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static int lastLineEnd(Path file, byte[] part) {
    for (int i = part.length - 1; i >= 0; i--) {
      if (part[i] == '\n') {
        return i + 1;
      }
    }
    throw CliException.wrongUse("%s holds no lines of JSON.".formatted(file));
  }

  private static long newLines(byte[] whole) {
    long count = 0;
    for (byte each : whole) {
      count += each == '\n' ? 1 : 0;
    }
    return count;
  }

  private static String labels(JsonNode row) {
    return row.path("labels").properties().stream()
        .map(label -> label.getKey() + "=" + label.getValue().asString())
        .collect(Collectors.joining(", "));
  }
}
