package dev.segue.server.runs;

import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a run, and those that it called, came to, in order. What the history doesn't know yet is
 * filled in from the server's own record of the steps' attempts.
 */
final class Timeline {

  private final DSLContext db;
  private final WorkflowLookup workflows;

  Timeline(DSLContext db, WorkflowLookup workflows) {
    this.db = db;
    this.workflows = workflows;
  }

  /** What plugins did at an element instance. */
  private record Attempts(
      String elementId,
      String stepType,
      String pluginVersion,
      int count,
      Instant startedAt,
      Instant finishedAt,
      String outcome,
      String message,
      @Nullable JsonNode result) {}

  List<TimelineEntry> of(List<Long> processInstanceKeys) {
    if (processInstanceKeys.isEmpty()) {
      return List.of();
    }
    Long[] keys = processInstanceKeys.toArray(Long[]::new);
    Map<Long, Map<String, DiagramElement>> diagrams = diagrams(keys);
    Map<Long, Attempts> attempts = attempts(keys);
    Map<String, List<String>> changes = changes(keys);
    List<TimelineEntry> entries = new ArrayList<>();
    for (Record row : elements(keys)) {
      long instance = row.get(0, Long.class);
      entries.add(entry(row, diagrams, attempts.remove(instance), changes));
    }
    attempts.values().forEach(ahead -> entries.add(ahead(ahead, diagrams)));
    entries.sort(Comparator.comparing(TimelineEntry::startedAt));
    return entries;
  }

  private List<Record> elements(Long[] keys) {
    return new ArrayList<>(
        db.fetch(
            """
            select e.element_instance_key, e.process_instance_key, e.element_id, e.element_type,
              e.state, e.started_at, e.ended_at, j.type, j.failures, j.error_message
            from history.element e
            left join lateral (
              select * from history.job j where j.element_instance_key = e.element_instance_key
                and j.process_instance_key = e.process_instance_key
              order by j.created_at desc limit 1) j on true
            where e.process_instance_key = any(?)
            order by e.started_at, e.element_instance_key\
            """,
            (Object) keys));
  }

  private TimelineEntry entry(
      Record row,
      Map<Long, Map<String, DiagramElement>> diagrams,
      @Nullable Attempts attempts,
      Map<String, List<String>> changes) {
    long run = row.get(1, Long.class);
    String elementId = row.get(2, String.class);
    DiagramElement element = diagrams.getOrDefault(run, Map.of()).get(elementId);
    Instant startedAt = row.get(5, Instant.class);
    Instant endedAt = row.get(6, Instant.class);
    String stepType = row.get(7, String.class);
    Integer failures = row.get(8, Integer.class);
    return new TimelineEntry(
        elementId,
        element == null ? elementId : element.name(),
        element == null ? bpmnName(row.get(3, String.class)) : element.type(),
        row.get(4, String.class),
        startedAt,
        endedAt,
        endedAt == null ? null : Duration.between(startedAt, endedAt).toMillis(),
        stepType,
        plugin(stepType),
        attempts == null ? null : attempts.pluginVersion(),
        tried(attempts, failures),
        attempts == null ? null : attempts.outcome(),
        attempts == null ? row.get(9, String.class) : emptyAsNull(attempts.message()),
        attempts == null ? null : attempts.result(),
        changes.get(run + ":" + elementId));
  }

  /** A step of which the history doesn't know yet. */
  private static TimelineEntry ahead(
      Attempts attempts, Map<Long, Map<String, DiagramElement>> diagrams) {
    DiagramElement element =
        diagrams.values().stream()
            .map(elements -> elements.get(attempts.elementId()))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    boolean done = attempts.outcome().equals("completed") || attempts.outcome().equals("done");
    return new TimelineEntry(
        attempts.elementId(),
        element == null ? attempts.elementId() : element.name(),
        element == null ? "serviceTask" : element.type(),
        done ? "completed" : "active",
        attempts.startedAt(),
        done ? attempts.finishedAt() : null,
        done ? Duration.between(attempts.startedAt(), attempts.finishedAt()).toMillis() : null,
        attempts.stepType(),
        plugin(attempts.stepType()),
        attempts.pluginVersion(),
        attempts.count(),
        attempts.outcome(),
        emptyAsNull(attempts.message()),
        attempts.result(),
        null);
  }

  private Map<Long, Attempts> attempts(Long[] keys) {
    Map<Long, Attempts> byElement = new LinkedHashMap<>();
    db.fetch(
            """
            select element_instance_key, element_id, step_type, plugin_version, attempt, started_at,
              finished_at, outcome, message, result::text
            from segue.step_attempt where process_instance_key = any(?)
            order by attempt_id\
            """,
            (Object) keys)
        .forEach(
            row -> {
              Attempts before = byElement.get(row.get(0, Long.class));
              String result = row.get(9, String.class);
              byElement.put(
                  row.get(0, Long.class),
                  new Attempts(
                      row.get(1, String.class),
                      row.get(2, String.class),
                      row.get(3, String.class),
                      before == null ? 1 : before.count() + 1,
                      before == null ? row.get(5, Instant.class) : before.startedAt(),
                      row.get(6, Instant.class),
                      row.get(7, String.class),
                      row.get(8, String.class),
                      result == null ? null : Json.parse(result)));
            });
    return byElement;
  }

  private Map<String, List<String>> changes(Long[] keys) {
    Map<String, List<String>> byElement = new HashMap<>();
    db.fetch(
            """
            select process_instance_key, element_id, set_id::text from segue.change_set
            where process_instance_key = any(?) and element_id is not null order by created_at\
            """,
            (Object) keys)
        .forEach(
            row ->
                byElement
                    .computeIfAbsent(row.get(0) + ":" + row.get(1), key -> new ArrayList<>())
                    .add(row.get(2, String.class)));
    return byElement;
  }

  private Map<Long, Map<String, DiagramElement>> diagrams(Long[] keys) {
    Map<Long, Map<String, DiagramElement>> byRun = new HashMap<>();
    db.fetch(
            """
            select r.process_instance_key, coalesce(h.process_definition_key,
              v.process_definition_key)
            from segue.run r
            left join history.run h using (process_instance_key)
            left join segue.workflow_version v
              on v.workflow_id = r.workflow_id and v.version = r.workflow_version
            where r.process_instance_key = any(?)\
            """,
            (Object) keys)
        .forEach(
            row -> {
              Long definition = row.get(1, Long.class);
              if (definition != null) {
                byRun.put(row.get(0, Long.class), workflows.elements(definition));
              }
            });
    return byRun;
  }

  /** Without our own record, failures are all that the history tells of attempts. */
  private static @Nullable Integer tried(@Nullable Attempts attempts, @Nullable Integer failures) {
    if (attempts != null) {
      return attempts.count();
    }
    return failures == null || failures == 0 ? null : failures;
  }

  private static @Nullable String plugin(@Nullable String stepType) {
    return stepType == null || !stepType.contains(":")
        ? null
        : stepType.substring(0, stepType.indexOf(':'));
  }

  private static @Nullable String emptyAsNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /** {@code SERVICE_TASK} as BPMN writes it: {@code serviceTask}. */
  static String bpmnName(String engineName) {
    String[] words = engineName.toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }
}
