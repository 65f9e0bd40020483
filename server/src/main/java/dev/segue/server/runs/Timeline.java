package dev.segue.server.runs;

import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.Json;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.runs.TimelineParts.Attempts;
import dev.segue.server.runs.TimelineParts.Instance;
import dev.segue.server.runs.TimelineParts.LastJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run, and those that it called, came to, in order. What the history doesn't know yet is
 * filled in from the server's own record of the steps' attempts.
 */
final class Timeline {

  private static final String SELECT =
      """
      select element_instance_key, process_instance_key, flow_scope_key, element_id, element_type,
        state, started_at, ended_at
      from history.element where process_instance_key = any(?)
      """;
  private static final Comparator<TimelineEntry> ORDER =
      Comparator.comparing(TimelineEntry::startedAt)
          .thenComparing(entry -> Long.valueOf(entry.id()));

  private final DSLContext db;
  private final TimelineParts parts;

  Timeline(DSLContext db, WorkflowLookup workflows) {
    this.db = db;
    this.parts = new TimelineParts(db, workflows);
  }

  /**
   * The part of a timeline that people look at.
   *
   * @param omitted how many entries there are besides
   */
  record Excerpt(List<TimelineEntry> entries, int omitted) {}

  /** A page, oldest first, of what the history knows. */
  Page<TimelineEntry> page(List<Long> processInstanceKeys, PageRequest page) {
    Long[] keys = processInstanceKeys.toArray(Long[]::new);
    Cursor after = page.after();
    String order = " order by started_at, element_instance_key limit " + page.fetch();
    List<Record> rows =
        new ArrayList<>(
            after == null
                ? db.fetch(SELECT + order, (Object) keys)
                : db.fetch(
                    SELECT
                        + " and (started_at, element_instance_key) > (?::timestamptz, ?)"
                        + order,
                    keys,
                    after.instant(0).toString(),
                    after.number(1)));
    return Page.of(entries(keys, rows), page, entry -> Cursor.of(entry.startedAt(), entry.id()));
  }

  /** What is active and what is newest, up to a number of entries. */
  Excerpt excerpt(List<Long> processInstanceKeys, int most) {
    if (processInstanceKeys.isEmpty()) {
      return new Excerpt(List.of(), 0);
    }
    Long[] keys = processInstanceKeys.toArray(Long[]::new);
    List<Record> rows =
        new ArrayList<>(
            db.fetch(
                SELECT
                    + " order by state = 'active' desc, started_at desc, element_instance_key desc"
                    + " limit "
                    + most,
                (Object) keys));
    int all = rows.size() < most ? rows.size() : count(keys);
    List<TimelineEntry> entries = new ArrayList<>(entries(keys, rows));
    Map<Long, Instance> instances = parts.instances(keys);
    parts.attemptsAhead(keys).forEach(ahead -> entries.add(ahead(ahead, instances)));
    entries.sort(ORDER);
    return new Excerpt(entries, all - rows.size());
  }

  private int count(Long[] keys) {
    return db.fetchSingle(
            "select count(*) from history.element where process_instance_key = any(?)",
            (Object) keys)
        .get(0, Integer.class);
  }

  private List<TimelineEntry> entries(Long[] keys, List<Record> rows) {
    Long[] shown = rows.stream().map(row -> row.get(0, Long.class)).toArray(Long[]::new);
    Beside beside =
        new Beside(
            parts.instances(keys),
            parts.jobs(keys, shown),
            parts.attempts(keys, shown),
            parts.localVariables(shown),
            parts.changes(keys));
    return rows.stream().map(row -> entry(row, beside)).toList();
  }

  /** What stands beside the elements, by the keys of element and process instances. */
  private record Beside(
      Map<Long, Instance> instances,
      Map<Long, LastJob> jobs,
      Map<Long, Attempts> attempts,
      Map<Long, ObjectNode> localVariables,
      Map<String, List<String>> changes) {}

  private static TimelineEntry entry(Record row, Beside beside) {
    long key = row.get(0, Long.class);
    long processInstance = row.get(1, Long.class);
    String elementId = row.get(3, String.class);
    Instant startedAt = row.get(6, Instant.class);
    Instant endedAt = row.get(7, Instant.class);
    Instance instance = beside.instances().getOrDefault(processInstance, Instance.UNKNOWN);
    DiagramElement element = instance.elements().get(elementId);
    LastJob job = beside.jobs().get(key);
    Attempts attempts = beside.attempts().get(key);
    return new TimelineEntry(
        Long.toString(key),
        instance.run(),
        parent(row.get(2, Long.class), processInstance, instance),
        elementId,
        ElementWords.name(element, elementId),
        ElementWords.type(element, row.get(4, String.class)),
        row.get(5, String.class),
        startedAt,
        endedAt,
        endedAt == null ? null : Duration.between(startedAt, endedAt).toMillis(),
        job == null ? null : job.stepType(),
        job == null ? null : plugin(job.stepType()),
        attempts == null ? null : attempts.pluginVersion(),
        tried(attempts, job),
        job == null ? null : job.retries(),
        attempts == null ? null : attempts.outcome(),
        message(attempts, job),
        input(element, beside.localVariables().get(key)),
        attempts == null ? null : attempts.result(),
        beside.changes().get(processInstance + ":" + elementId));
  }

  /** A step of which the history doesn't know yet. */
  private static TimelineEntry ahead(Attempts attempts, Map<Long, Instance> instances) {
    Instance instance = instances.getOrDefault(attempts.processInstanceKey(), Instance.UNKNOWN);
    DiagramElement element = instance.elements().get(attempts.elementId());
    boolean done = attempts.succeeded();
    return new TimelineEntry(
        Long.toString(attempts.elementInstanceKey()),
        instance.run(),
        null,
        attempts.elementId(),
        ElementWords.name(element, attempts.elementId()),
        ElementWords.type(element, "SERVICE_TASK"),
        done ? "completed" : "active",
        attempts.startedAt(),
        done ? attempts.finishedAt() : null,
        done ? Duration.between(attempts.startedAt(), attempts.finishedAt()).toMillis() : null,
        attempts.stepType(),
        plugin(attempts.stepType()),
        attempts.pluginVersion(),
        attempts.count(),
        null,
        attempts.outcome(),
        emptyAsNull(attempts.message()),
        null,
        attempts.result(),
        null);
  }

  /** What is at the top of a called run is inside of the call. */
  private static @Nullable String parent(
      @Nullable Long scope, long processInstance, Instance instance) {
    Long parent = scope != null && scope != processInstance ? scope : instance.caller();
    return parent == null ? null : parent.toString();
  }

  private static @Nullable ObjectNode input(
      @Nullable DiagramElement element, @Nullable ObjectNode variables) {
    if (element == null || variables == null || element.inputs().isEmpty()) {
      return null;
    }
    ObjectNode input = Json.object();
    for (String name : element.inputs()) {
      if (variables.has(name)) {
        input.set(name, variables.get(name));
      }
    }
    return input.isEmpty() ? null : input;
  }

  /** Without our own record, failures are all that the history tells of attempts. */
  private static @Nullable Integer tried(@Nullable Attempts attempts, @Nullable LastJob job) {
    if (attempts != null) {
      return attempts.count();
    }
    return job == null || job.failures() == 0 ? null : job.failures();
  }

  private static @Nullable String message(@Nullable Attempts attempts, @Nullable LastJob job) {
    if (attempts != null) {
      return emptyAsNull(attempts.message());
    }
    return job == null ? null : job.error();
  }

  private static @Nullable String plugin(String stepType) {
    return stepType.contains(":") ? stepType.substring(0, stepType.indexOf(':')) : null;
  }

  private static @Nullable String emptyAsNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
