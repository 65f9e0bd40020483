package dev.segue.server.data.metrics;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Metrics over HTTP. */
final class MetricOperations {

  private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

  private final Database database;
  private final MetricStore store;
  private final InstantSource clock;

  MetricOperations(Database database, MetricStore store, InstantSource clock) {
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listMetrics", Role.VIEWER, this::list),
        Operation.of("pushMetrics", Role.OPERATOR, this::push),
        Operation.of("getMetric", Role.VIEWER, this::get),
        Operation.of("patchMetric", Role.DESIGNER, this::describe),
        Operation.of("listMetricSeries", Role.VIEWER, this::series),
        Operation.of("queryMetric", Role.VIEWER, this::query));
  }

  /** A metric as the API shows it; of the series only those that the caller may see count. */
  record Shown(
      String metric,
      String title,
      String unit,
      String description,
      int series,
      @Nullable Instant lastAt) {}

  /** A series as the API shows it. */
  record ShownSeries(JsonNode labels, @Nullable Instant lastAt, @Nullable Double lastValue) {}

  private ApiResponse push(ApiRequest request) throws IOException {
    return ApiResponse.ok(
        new MetricPush(store.intake(), store.rules(), request.principal())
            .take(request.bytes(), request.header("Content-Encoding").orElse("identity")));
  }

  private ApiResponse list(ApiRequest request) {
    PageRequest page = request.page();
    String after = page.after() == null ? "" : page.after().part(0);
    String search = "%" + request.query("search").orElse("").replace("%", "\\%") + "%";
    List<Shown> rows =
        database
            .jooq()
            .fetch(
                """
                select m.metric, m.title, m.unit, m.description, count(*), max(s.last_at)
                from data.metric m join data.metric_series s using (metric)
                where m.metric > ? and (m.metric ilike ? or m.title ilike ?)
                  and (?::text[] is null or s.site_id is null or s.site_id = any(?::text[]))
                group by m.metric order by m.metric limit ?\
                """,
                after,
                search,
                search,
                sites(request),
                sites(request),
                page.fetch())
            .map(MetricOperations::shown);
    return ApiResponse.ok(Page.of(rows, page, metric -> Cursor.of(metric.metric())));
  }

  private ApiResponse get(ApiRequest request) {
    return ApiResponse.ok(find(request));
  }

  private ApiResponse describe(ApiRequest request) {
    Shown before = find(request);
    ObjectNode patch = request.json();
    database
        .jooq()
        .execute(
            "update data.metric set title = ?, unit = ?, description = ? where metric = ?",
            patch.path("title").asString(before.title()),
            patch.path("unit").asString(before.unit()),
            patch.path("description").asString(before.description()),
            before.metric());
    return ApiResponse.ok(find(request));
  }

  private ApiResponse series(ApiRequest request) {
    Shown metric = find(request);
    PageRequest page = request.page();
    Long after = page.after() == null ? null : page.after().number(0);
    List<Record> rows =
        List.copyOf(
            database
                .jooq()
                .fetch(
                    """
                    select series_id, labels, last_at, last_value from data.metric_series
                    where metric = ? and labels @> ?::jsonb and (?::bigint is null or series_id > ?)
                      and (?::text[] is null or site_id is null or site_id = any(?::text[]))
                    order by series_id limit ?\
                    """,
                    metric.metric(),
                    SeriesRows.text(labels(request)),
                    after,
                    after,
                    sites(request),
                    sites(request),
                    page.fetch()));
    return ApiResponse.ok(
        Page.of(rows, page, row -> Cursor.of(row.get(0, Long.class)))
            .map(
                row ->
                    new ShownSeries(
                        Json.parse(row.get(1, String.class)),
                        row.get(2, Instant.class),
                        row.get(3, Double.class))));
  }

  private ApiResponse query(ApiRequest request) {
    Shown metric = find(request);
    Instant to = request.query("to").map(MetricOperations::time).orElseGet(clock::instant);
    Instant from =
        request.query("from").map(MetricOperations::time).orElse(to.minus(Duration.ofDays(1)));
    List<String> by = request.queryAll("by");
    ObjectNode answer =
        MetricCharts.answer(
            database.jooq(),
            new MetricQuery(
                metric.metric(),
                labels(request),
                from,
                to,
                request.query("step").map(MetricOperations::step).orElse(Duration.ofHours(1)),
                MetricQuery.Aggregation.of(request.query("aggregation").orElse("mean")),
                by.isEmpty() ? null : by.stream().filter(name -> !name.isBlank()).toList(),
                request.principal().sites()));
    answer.put("unit", metric.unit());
    answer.put("title", metric.title());
    answer.put("description", metric.description());
    return ApiResponse.ok(answer);
  }

  private Shown find(ApiRequest request) {
    String name = request.path("metric");
    return database
        .jooq()
        .fetchOptional(
            """
            select m.metric, m.title, m.unit, m.description, count(*), max(s.last_at)
            from data.metric m join data.metric_series s using (metric)
            where m.metric = ?
              and (?::text[] is null or s.site_id is null or s.site_id = any(?::text[]))
            group by m.metric\
            """,
            name,
            sites(request),
            sites(request))
        .map(MetricOperations::shown)
        .orElseThrow(() -> ApiException.notFound("metric", name));
  }

  private static Shown shown(Record row) {
    return new Shown(
        row.get(0, String.class),
        row.get(1, String.class),
        row.get(2, String.class),
        row.get(3, String.class),
        row.get(4, Integer.class),
        row.get(5, Instant.class));
  }

  private static String @Nullable [] sites(ApiRequest request) {
    return request.principal().sites() == null
        ? null
        : request.principal().sites().toArray(String[]::new);
  }

  private static SortedMap<String, String> labels(ApiRequest request) {
    Map<String, String> labels = new TreeMap<>();
    for (String pair : request.queryAll("label")) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw ApiException.invalid("label", "\"%s\" is not name=value.".formatted(pair));
      }
      labels.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return new TreeMap<>(labels);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw ApiException.invalid("from", "\"%s\" is no time.".formatted(text));
    }
  }

  private static Duration step(String text) {
    Duration step;
    try {
      step = Duration.parse(text);
    } catch (DateTimeException e) {
      throw ApiException.invalid(
          "step", "\"%s\" is no duration. Write PT5M, PT1H or P1D.".formatted(text));
    }
    if (step.compareTo(SHORTEST_STEP) < 0) {
      throw ApiException.invalid("step", "It is at least a second.");
    }
    return step;
  }
}
