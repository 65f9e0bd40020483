package dev.segue.server.runs;

import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What stands beside the elements of a timeline: runs with their diagrams, jobs, attempts, inputs
 * and change sets. One query for each kind, whatever the number of elements.
 */
final class TimelineParts {

  /** Longer values are cut, so that a long timeline stays readable and small. */
  private static final int LONGEST_INPUT = 4_000;

  private final DSLContext db;
  private final WorkflowLookup workflows;

  TimelineParts(DSLContext db, WorkflowLookup workflows) {
    this.db = db;
    this.workflows = workflows;
  }

  /**
   * A process instance.
   *
   * @param caller the element instance that called it; null if none did
   */
  record Instance(@Nullable UUID run, @Nullable Long caller, Map<String, DiagramElement> elements) {

    /** One of which nothing is known. */
    static final Instance UNKNOWN = new Instance(null, null, Map.of());
  }

  /** The last job of an element instance. */
  record LastJob(String stepType, int retries, int failures, @Nullable String error) {}

  /** What plugins did at an element instance. */
  record Attempts(
      long elementInstanceKey,
      long processInstanceKey,
      String elementId,
      String stepType,
      String pluginVersion,
      int count,
      Instant startedAt,
      Instant finishedAt,
      String outcome,
      String message,
      @Nullable JsonNode result) {

    boolean succeeded() {
      return outcome.equals("completed") || outcome.equals("done");
    }
  }

  /** By process instance. */
  Map<Long, Instance> instances(Long[] keys) {
    Map<Long, Instance> instances = new HashMap<>();
    db.fetch(
            """
            select r.process_instance_key, r.run_id, h.parent_element_instance_key,
              coalesce(h.process_definition_key, v.process_definition_key)
            from segue.run r
            left join history.run h using (process_instance_key)
            left join segue.workflow_version v
              on v.workflow_id = r.workflow_id and v.version = r.workflow_version
            where r.process_instance_key = any(?)\
            """,
            (Object) keys)
        .forEach(
            row -> {
              Long definition = row.get(3, Long.class);
              instances.put(
                  row.get(0, Long.class),
                  new Instance(
                      row.get(1, UUID.class),
                      row.get(2, Long.class),
                      definition == null ? Map.of() : workflows.elements(definition)));
            });
    return instances;
  }

  /** By element instance. */
  Map<Long, LastJob> jobs(Long[] keys, Long[] elementInstances) {
    Map<Long, LastJob> jobs = new HashMap<>();
    db.fetch(
            """
            select distinct on (element_instance_key) element_instance_key, type, retries,
              failures, error_message
            from history.job
            where process_instance_key = any(?) and element_instance_key = any(?)
            order by element_instance_key, created_at desc\
            """,
            keys,
            elementInstances)
        .forEach(
            row ->
                jobs.put(
                    row.get(0, Long.class),
                    new LastJob(
                        row.get(1, String.class),
                        row.get(2, Integer.class),
                        row.get(3, Integer.class),
                        row.get(4, String.class))));
    return jobs;
  }

  /** By element instance: at those given. */
  Map<Long, Attempts> attempts(Long[] keys, Long[] elementInstances) {
    return attempts("element_instance_key = any(?)", keys, elementInstances);
  }

  /** At element instances of which the history doesn't know yet. */
  Iterable<Attempts> attemptsAhead(Long[] keys) {
    return attempts(
            """
            not exists (select 1 from history.element e
              where e.element_instance_key = a.element_instance_key)""",
            (Object) keys)
        .values();
  }

  private Map<Long, Attempts> attempts(String which, Object... values) {
    Map<Long, Attempts> byElement = new LinkedHashMap<>();
    db.fetch(
            """
            select element_instance_key, process_instance_key, element_id, step_type,
              plugin_version, started_at, finished_at, outcome, message, result::text
            from segue.step_attempt a where process_instance_key = any(?) and %s
            order by attempt_id\
            """
                .formatted(which),
            values)
        .forEach(
            row -> byElement.merge(row.get(0, Long.class), attempt(row), TimelineParts::together));
    return byElement;
  }

  private static Attempts attempt(Record row) {
    String result = row.get(9, String.class);
    return new Attempts(
        row.get(0, Long.class),
        row.get(1, Long.class),
        row.get(2, String.class),
        row.get(3, String.class),
        row.get(4, String.class),
        1,
        row.get(5, Instant.class),
        row.get(6, Instant.class),
        row.get(7, String.class),
        row.get(8, String.class),
        result == null ? null : Json.parse(result));
  }

  private static Attempts together(Attempts earlier, Attempts last) {
    return new Attempts(
        last.elementInstanceKey(),
        last.processInstanceKey(),
        last.elementId(),
        last.stepType(),
        last.pluginVersion(),
        earlier.count() + 1,
        earlier.startedAt(),
        last.finishedAt(),
        last.outcome(),
        last.message(),
        last.result());
  }

  /**
   * The variables of element instances themselves, by element instance. The result of a step may be
   * among them, so that the diagram must tell which are inputs.
   */
  Map<Long, ObjectNode> localVariables(Long[] elementInstances) {
    Map<Long, ObjectNode> byElement = new HashMap<>();
    db.fetch(
            """
            select scope_key, name, case when length(value::text) <= ? then value
              else to_jsonb(left(coalesce(value #>> '{}', ''), ?) || '…') end::text
            from history.variable where scope_key = any(?) order by name\
            """,
            LONGEST_INPUT,
            LONGEST_INPUT,
            elementInstances)
        .forEach(
            row ->
                byElement
                    .computeIfAbsent(row.get(0, Long.class), key -> Json.object())
                    .set(row.get(1, String.class), Json.parse(row.get(2, String.class))));
    return byElement;
  }

  /** Ids of change sets by process instance and element. */
  Map<String, List<String>> changes(Long[] keys) {
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
}
