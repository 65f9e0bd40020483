package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.sdk.MetricSource.MetricInfo;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.data.metrics.MetricText;
import dev.segue.server.events.Alarms;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP operations on sources. */
final class SourceOperations {

  private static final int PREVIEWED = 20;
  private static final Duration LONGEST = Duration.ofDays(400);

  private final Database database;
  private final MetricStore store;
  private final SourceRows rows;
  private final PointReaders readers;
  private final Collector collector;
  private final Audit audit;
  private final InstantSource clock;

  SourceOperations(
      Database database,
      MetricStore store,
      SourceRows rows,
      PointReaders readers,
      Collector collector,
      Audit audit,
      InstantSource clock) {
    this.database = database;
    this.store = store;
    this.rows = rows;
    this.readers = readers;
    this.collector = collector;
    this.audit = audit;
    this.clock = clock;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listMetricSources", Role.VIEWER, this::list),
        Operation.of("getMetricSource", Role.VIEWER, request -> shown(find(request))),
        Operation.of("putMetricSource", Role.DESIGNER, this::put),
        Operation.of("patchMetricSource", Set.of(Role.OPERATOR, Role.DESIGNER), this::pause),
        Operation.of("deleteMetricSource", Role.DESIGNER, this::delete),
        Operation.of("collectMetricSource", Set.of(Role.OPERATOR, Role.DESIGNER), this::collect),
        Operation.of("previewMetricSource", Role.DESIGNER, this::preview));
  }

  private record Pause(boolean paused, @Nullable String reason) {}

  private record Asked(@Nullable String from, @Nullable String to) {}

  private ApiResponse list(ApiRequest request) {
    return ApiResponse.ok(rows.list(database.jooq(), request.page()).map(Source::shown));
  }

  private ApiResponse put(ApiRequest request) {
    requireAllSites(request.principal());
    String id = request.path("source");
    ObjectNode kept = Definition.complete(request.json());
    Definition definition = Definition.read(kept);
    Optional<Source> old = rows.find(database.jooq(), id);
    Optional<Integer> version =
        old.isEmpty() ? Optional.empty() : Optional.of(request.requireIfMatch());
    // A dry run: what can't be read now is refused before it is kept.
    Preview preview = new Preview(store.rules(), PREVIEWED);
    List<MetricText> texts = tried(definition, preview);
    String by = request.principal().username();
    Source made =
        database.transaction(
            tx -> {
              Optional<Source> found = rows.lock(tx, id);
              if (!found.map(Source::version).equals(version)) {
                throw ApiException.edited("The metric source " + id);
              }
              String kind = definition.origin().kind();
              rows.save(tx, id, kind, kept, version.orElse(0) + 1, by, clock.instant());
              boolean overwrite = definition.origin() instanceof Definition.Origin.Sql;
              texts.forEach(text -> store.describe(tx, text, overwrite));
              String action = found.isEmpty() ? "metric-source.create" : "metric-source.change";
              record(tx, by, action, id, kept);
              return rows.find(tx, id).orElseThrow();
            });
    return old.isEmpty()
        ? ApiResponse.created("/api/v1/metric-sources/" + id, made.shown())
            .withVersion(made.version())
        : shown(made);
  }

  private List<MetricText> tried(Definition definition, Preview preview) {
    try {
      List<MetricText> texts =
          switch (definition.origin()) {
            case Definition.Origin.Sql sql -> texts(definition);
            case Definition.Origin.Plugin plugin ->
                readers.plugins().metrics(plugin).stream().map(SourceOperations::text).toList();
          };
      if (definition.origin() instanceof Definition.Origin.Sql) {
        readers.read(definition, previewed(definition), PREVIEWED, preview);
      }
      return texts;
    } catch (SourceException e) {
      throw ApiException.invalid(e.field(), e.reason());
    }
  }

  private static List<MetricText> texts(Definition definition) {
    String metric = definition.metric();
    return metric == null
        ? List.of()
        : List.of(
            new MetricText(
                metric, definition.title(), definition.unit(), definition.description()));
  }

  private static MetricText text(MetricInfo info) {
    return new MetricText(info.name(), info.title(), info.unit(), "");
  }

  private Period previewed(Definition definition) {
    return Periods.due(definition, null, clock.instant());
  }

  private ApiResponse preview(ApiRequest request) {
    requireAllSites(request.principal());
    ObjectNode asked = request.json();
    ObjectNode written = (ObjectNode) asked.required("source");
    Definition definition = Definition.read(Definition.complete(written));
    Period given =
        period(
            asked.path("from").asStringOpt().orElse(null),
            asked.path("to").asStringOpt().orElse(null));
    Period period = given == null ? previewed(definition) : given;
    Preview preview = new Preview(store.rules(), PREVIEWED);
    try {
      boolean more = readers.read(definition, period, PREVIEWED, preview);
      return ApiResponse.ok(preview.shown(period, more));
    } catch (SourceException e) {
      throw ApiException.invalid("source." + e.field(), e.reason());
    }
  }

  private ApiResponse pause(ApiRequest request) {
    requireAllSites(request.principal());
    Source source = find(request);
    Pause wanted = request.json(Pause.class);
    String by = request.principal().username();
    String reason = wanted.reason() == null ? "" : wanted.reason();
    database.inTransaction(
        tx -> {
          Source found =
              rows.lock(tx, source.id())
                  .orElseThrow(() -> ApiException.notFound("metric source", source.id()));
          if (wanted.paused() == (found.pause() != null)) {
            return;
          }
          rows.pause(
              tx,
              source.id(),
              wanted.paused() ? new Source.Pause(by, clock.instant(), reason) : null);
          Alarms.clear(tx, MetricSources.ALARM, source.id());
          String action = wanted.paused() ? "metric-source.pause" : "metric-source.resume";
          record(tx, by, action, source.id(), Json.object().put("reason", reason));
        });
    return shown(find(request));
  }

  private ApiResponse delete(ApiRequest request) {
    requireAllSites(request.principal());
    Source source = find(request);
    database.inTransaction(
        tx -> {
          rows.delete(tx, source.id());
          Alarms.clear(tx, MetricSources.ALARM, source.id());
          record(
              tx,
              request.principal().username(),
              "metric-source.remove",
              source.id(),
              source.definition());
        });
    return ApiResponse.done();
  }

  private ApiResponse collect(ApiRequest request) {
    requireAllSites(request.principal());
    Source source = find(request);
    Asked asked = request.json(Asked.class);
    return ApiResponse.ok(
        collector
            .collect(source.id(), period(asked.from(), asked.to()))
            .orElseThrow(
                () ->
                    ApiException.conflict(
                        "The points of %s are being fetched already. Wait until that is done."
                            .formatted(source.id()))));
  }

  private @Nullable Period period(@Nullable String from, @Nullable String to) {
    if (from == null && to == null) {
      return null;
    }
    if (from == null) {
      throw ApiException.invalid("from", "Say from when on.");
    }
    Instant now = clock.instant();
    Instant begin = time("from", from);
    Instant end = to == null ? now : time("to", to);
    if (!begin.isBefore(end) || end.isAfter(now)) {
      throw ApiException.invalid("from", "A period begins before it ends, and ends by now.");
    }
    if (Duration.between(begin, end).compareTo(LONGEST) > 0) {
      throw ApiException.invalid(
          "from", "A period is no longer than %d days.".formatted(LONGEST.toDays()));
    }
    return new Period(begin, end);
  }

  private static Instant time(String field, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw ApiException.invalid(field, "\"%s\" is no time.".formatted(text));
    }
  }

  private void record(DSLContext tx, String by, String action, String id, ObjectNode detail) {
    audit.record(tx, new AuditEntry(by, action, "metric-source", id, detail));
  }

  /** A source reads the data of all sites. */
  private static void requireAllSites(Principal principal) {
    if (principal.sites() != null) {
      throw ApiException.forbidden(
          "The account %s is limited to some sites, and a metric source reads of all."
              .formatted(principal.username()));
    }
  }

  private Source find(ApiRequest request) {
    String id = request.path("source");
    return rows.find(database.jooq(), id)
        .orElseThrow(() -> ApiException.notFound("metric source", id));
  }

  private static ApiResponse shown(Source source) {
    return ApiResponse.ok(source.shown()).withVersion(source.version());
  }
}
