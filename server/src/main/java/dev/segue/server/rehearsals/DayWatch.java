package dev.segue.server.rehearsals;

import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.runs.WorkflowLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a rehearsal's run goes on. Nobody waits for days on its behalf: once nothing is
 * left in it, and in the runs that it called, but waits, it is as far as it comes.
 */
final class DayWatch {

  /** Nobody repairs the runs of rehearsals, and steps that hang must not hold them. */
  static final Duration LONGEST = Duration.ofHours(2);

  /** A diagram may lead rejections back to planning for ever. */
  static final int MOST_APPROVALS = 20;

  /** A timer that is due so soon is waited for. */
  private static final Duration SHORT_WAIT = Duration.ofSeconds(30);

  /** What was just come to may be left at once, by a message that is there already. */
  private static final Duration SETTLED = Duration.ofSeconds(5);

  private static final String QUERY =
      """
      with family as (
        select process_instance_key as k from segue.run
        where (run_id = ? or root_run_id = ?) and process_instance_key is not null),
      active as (
        select e.element_id, e.element_type, e.started_at from history.element e
        join family on k = e.process_instance_key
        where e.state = 'active' and e.element_type not in ('PROCESS', 'SUB_PROCESS',
          'EVENT_SUB_PROCESS', 'AD_HOC_SUB_PROCESS', 'MULTI_INSTANCE_BODY', 'CALL_ACTIVITY'))
      select r.state, r.error, h.state, r.cancel_reason, h.process_definition_key,
        (select string_agg(i.message, ' ') from history.incident i
          join family on k = i.process_instance_key where i.state = 'open'),
        (select count(*)::int from history.user_task t join family on k = t.process_instance_key),
        (select count(*)::int from active a where a.element_type not in (
          'INTERMEDIATE_CATCH_EVENT', 'RECEIVE_TASK', 'EVENT_BASED_GATEWAY')),
        (select min(a.element_id) from active a where a.element_type in (
          'INTERMEDIATE_CATCH_EVENT', 'RECEIVE_TASK', 'EVENT_BASED_GATEWAY')),
        (select max(a.started_at) from active a),
        (select t.due_at from history.timer t join family on k = t.process_instance_key
          where t.state = 'waiting' order by t.due_at limit 1),
        (select t.created_at from history.timer t join family on k = t.process_instance_key
          where t.state = 'waiting' order by t.due_at limit 1)
      from segue.run r
      left join history.run h on h.process_instance_key = r.process_instance_key
      where r.run_id = ?\
      """;

  private final WorkflowLookup workflows;

  DayWatch(WorkflowLookup workflows) {
    this.workflows = workflows;
  }

  /**
   * Looks at a run.
   *
   * @param since when it could have begun to get on: not while there was no server
   */
  Standing look(DSLContext tx, UUID run, Instant since, Instant now) {
    Record row = tx.fetchOptional(QUERY, run, run, run).orElse(null);
    if (row == null) {
      return new Standing.Failed("Its run is not there any more.", true);
    }
    String history = row.get(2, String.class);
    if ("completed".equals(history)) {
      return new Standing.Completed();
    }
    if ("terminated".equals(history)) {
      String reason = row.get(3, String.class);
      return new Standing.Failed(
          "Its run was cancelled" + (reason == null ? "." : ": " + reason), true);
    }
    if (row.get(0, String.class).equals("refused")) {
      return new Standing.Failed("Its run was refused: " + row.get(1, String.class), true);
    }
    String incident = row.get(5, String.class);
    if (incident != null) {
      return new Standing.Failed(incident, false);
    }
    if (row.get(6, Integer.class) > MOST_APPROVALS) {
      return new Standing.Failed(
          "It asked for more than %d approvals. A diagram that leads rejections back to planning goes round for ever when all are rejected."
              .formatted(MOST_APPROVALS),
          false);
    }
    if (since.plus(LONGEST).isBefore(now)) {
      return new Standing.Failed(
          "It took longer than %d hours.".formatted(LONGEST.toHours()), false);
    }
    return waits(row, now);
  }

  private Standing waits(Record row, Instant now) {
    String element = row.get(8, String.class);
    Instant since = row.get(9, Instant.class);
    if (element == null
        || row.get(7, Integer.class) > 0
        || since == null
        || since.plus(SETTLED).isAfter(now)) {
      return new Standing.GoesOn();
    }
    Instant due = row.get(10, Instant.class);
    Instant set = row.get(11, Instant.class);
    if (due != null && due.isBefore(now.plus(SHORT_WAIT))) {
      return new Standing.GoesOn();
    }
    String name = name(row.get(4, Long.class), element);
    return new Standing.Waits(
        due == null || set == null
            ? "It came to '%s', which waits for a message.".formatted(name)
            : "It came to '%s', which waits for %s.".formatted(name, words(set, due)));
  }

  private String name(@Nullable Long definition, String element) {
    Map<String, DiagramElement> elements =
        definition == null ? Map.of() : workflows.elements(definition);
    DiagramElement found = elements.get(element);
    return found == null || !found.isNamed() ? element : found.name();
  }

  private static String words(Instant from, Instant to) {
    Duration wait = Duration.between(from, to).plusSeconds(30);
    if (wait.toDays() > 1) {
      return wait.toDays() + " days";
    }
    return wait.toHours() > 1 ? wait.toHours() + " hours" : wait.toMinutes() + " minutes";
  }
}
