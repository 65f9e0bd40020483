package dev.segue.server.approvals;

import static dev.segue.server.storage.jooq.history.Tables.USER_TASK;
import static dev.segue.server.storage.jooq.segue.Tables.APPROVAL_ACTION;
import static dev.segue.server.storage.jooq.segue.Tables.APPROVAL_COMMENT;
import static dev.segue.server.storage.jooq.segue.Tables.DECISION;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;
import static dev.segue.server.storage.jooq.segue.Tables.WORKFLOW_RESOURCE;

import dev.segue.server.forms.FormRules;
import dev.segue.server.http.Cursor;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads approvals, votes and comments. Every method takes the transaction it is part of. */
final class ApprovalStore {

  /** Behind all dates at which something is due, in milliseconds of the epoch. */
  private static final long WITHOUT_DUE = 1_000_000_000_000_000L;

  /** Behind all that is open, less any date at which something ended. */
  private static final long LAST = 3 * WITHOUT_DUE;

  /** What comes first in a list is the least; see {@link #cursor}. */
  private static final Field<Long> URGENCY =
      DSL.when(
              USER_TASK.STATE.eq("created"),
              DSL.coalesce(millis(USER_TASK.DUE_AT), DSL.inline(WITHOUT_DUE)))
          .otherwise(
              DSL.inline(LAST)
                  .minus(millis(DSL.coalesce(USER_TASK.ENDED_AT, USER_TASK.CREATED_AT))));

  private static final String MERGED_STATE = "merged_state";
  private static final String VARIABLES =
      """
      with recursive scope (key, distance) as (
        select element_instance_key, 0 from history.user_task where user_task_key = ?
        union all
        select e.flow_scope_key, s.distance + 1
        from scope s join history.element e on e.element_instance_key = s.key
        where e.flow_scope_key is not null)
      select distinct on (v.name) v.name, v.value::text
      from (
        select key, distance from scope
        union all
        select process_instance_key, 1000000 from history.user_task
        where user_task_key = ?) as s
      join history.variable v on v.scope_key = s.key
      where v.name = any(?)
      order by v.name, s.distance\
      """;
  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * What somebody wrote beside an approval.
   *
   * @param id identifies the comment
   * @param author username
   * @param body plain text
   * @param writtenAt when
   */
  record Comment(UUID id, String author, String body, Instant writtenAt) {}

  Optional<Approval> find(DSLContext tx, long userTaskKey) {
    return select(tx).where(USER_TASK.USER_TASK_KEY.eq(userTaskKey)).fetchOptional(this::read);
  }

  /** Who holds an approval once what history doesn't know yet is merged in; null if nobody does. */
  @Nullable String holder(DSLContext tx, Approval approval) {
    return tx.select(APPROVAL_ACTION.ACTION, APPROVAL_ACTION.ASSIGNEE)
        .from(APPROVAL_ACTION)
        .where(APPROVAL_ACTION.USER_TASK_KEY.eq(approval.userTaskKey()))
        .and(APPROVAL_ACTION.ERROR.isNull())
        .orderBy(APPROVAL_ACTION.REQUESTED_AT.desc())
        .limit(1)
        .fetchOptional()
        .map(row -> Optional.ofNullable(row.value2()))
        .orElseGet(() -> Optional.ofNullable(approval.assignee()))
        .orElse(null);
  }

  List<Approval> ofRun(DSLContext tx, Collection<Long> processInstanceKeys) {
    return select(tx)
        .where(USER_TASK.PROCESS_INSTANCE_KEY.in(processInstanceKeys))
        .orderBy(USER_TASK.CREATED_AT, USER_TASK.USER_TASK_KEY)
        .fetch(this::read);
  }

  /**
   * Lists approvals: what is open, the most urgent first, then what has ended, the newest first.
   *
   * @param filter over the user task and its run
   */
  List<Approval> list(DSLContext tx, Condition filter, PageRequest page) {
    Cursor after = page.after();
    return select(tx)
        .where(filter)
        .and(
            after == null
                ? DSL.noCondition()
                : DSL.row(URGENCY, USER_TASK.USER_TASK_KEY).gt(after.number(0), after.number(1)))
        .orderBy(URGENCY, USER_TASK.USER_TASK_KEY)
        .limit(page.fetch())
        .fetch(this::read);
  }

  /** Where a list of approvals goes on behind one of them. */
  static Cursor cursor(Approval approval) {
    Instant end = Objects.requireNonNullElse(approval.endedAt(), approval.createdAt());
    Instant due = approval.dueAt();
    long urgency =
        !approval.isOpen()
            ? LAST - end.toEpochMilli()
            : due == null ? WITHOUT_DUE : due.toEpochMilli();
    return Cursor.of(urgency, approval.userTaskKey());
  }

  /** The votes of an approval that count, each once however many change sets it covers. */
  List<Vote> votes(DSLContext tx, long userTaskKey) {
    Map<UUID, Vote> votes = new LinkedHashMap<>();
    tx.selectFrom(DECISION)
        .where(DECISION.USER_TASK_KEY.eq(userTaskKey))
        .orderBy(DECISION.DECIDED_AT)
        .forEach(
            row ->
                votes.putIfAbsent(
                    row.getVoteId(),
                    new Vote(
                        row.getVoteId(),
                        row.getOutcome().equals("approved"),
                        row.getDecidedBy(),
                        row.getComment(),
                        Vote.State.valueOf(row.getState().toUpperCase(Locale.ROOT)),
                        row.getDecidedAt())));
    return List.copyOf(votes.values());
  }

  List<Comment> comments(DSLContext tx, long userTaskKey) {
    return tx.selectFrom(APPROVAL_COMMENT)
        .where(APPROVAL_COMMENT.USER_TASK_KEY.eq(userTaskKey))
        .orderBy(APPROVAL_COMMENT.WRITTEN_AT)
        .fetch(
            row ->
                new Comment(
                    row.getCommentId(), row.getAuthor(), row.getBody(), row.getWrittenAt()));
  }

  Comment comment(DSLContext tx, long userTaskKey, String author, String body) {
    Comment comment = new Comment(UUID.randomUUID(), author, body, Instant.now());
    tx.insertInto(APPROVAL_COMMENT)
        .set(APPROVAL_COMMENT.COMMENT_ID, comment.id())
        .set(APPROVAL_COMMENT.USER_TASK_KEY, userTaskKey)
        .set(APPROVAL_COMMENT.AUTHOR, author)
        .set(APPROVAL_COMMENT.BODY, body)
        .set(APPROVAL_COMMENT.WRITTEN_AT, comment.writtenAt())
        .execute();
    return comment;
  }

  /**
   * Reads variables of the run as the approval sees them: those of its own element hide those of a
   * subprocess around it, which hide those of the run.
   *
   * @return values by name; what the run doesn't have is missing
   */
  Map<String, JsonNode> variables(DSLContext tx, Approval approval, Collection<String> names) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    tx.fetch(
            VARIABLES, approval.userTaskKey(), approval.userTaskKey(), names.toArray(String[]::new))
        .forEach(
            row -> values.put(row.get(0, String.class), JSON.readTree(row.get(1, String.class))));
    return values;
  }

  private static Field<Long> millis(Field<Instant> time) {
    return DSL.field("floor(extract(epoch from {0}) * 1000)::bigint", Long.class, time);
  }

  /** The state that people see; see {@link Approval#state}. */
  static Field<String> state() {
    return DSL.case_()
        .when(decided("final", "approved"), "approved")
        .when(decided("final", "rejected"), "rejected")
        .when(decided("deciding", "approved", "rejected"), "deciding")
        .when(USER_TASK.STATE.eq("created"), "open")
        .when(USER_TASK.STATE.eq("completed"), "completed")
        .otherwise("void");
  }

  private static Condition decided(String state, String... outcomes) {
    return DSL.exists(
        DSL.selectOne()
            .from(DECISION)
            .where(DECISION.USER_TASK_KEY.eq(USER_TASK.USER_TASK_KEY))
            .and(DECISION.STATE.eq(state))
            .and(DECISION.OUTCOME.in(outcomes)));
  }

  /** The keys of the form's fields that nobody can leave empty. */
  List<String> neededFields(DSLContext tx, long userTaskKey) {
    return tx
        .select(WORKFLOW_RESOURCE.CONTENT)
        .from(USER_TASK)
        .join(WORKFLOW_RESOURCE)
        .on(
            WORKFLOW_RESOURCE
                .ENGINE_KEY
                .eq(USER_TASK.FORM_KEY)
                .and(WORKFLOW_RESOURCE.KIND.eq("form")))
        .where(USER_TASK.USER_TASK_KEY.eq(userTaskKey))
        .limit(1)
        .fetch(WORKFLOW_RESOURCE.CONTENT)
        .stream()
        .map(content -> FormRules.of(JSON.readTree(content)))
        .flatMap(form -> form.problems(JSON.createObjectNode(), name -> false).stream())
        .map(FieldError::field)
        .toList();
  }

  private SelectOnConditionStep<Record> select(DSLContext tx) {
    return tx.select(USER_TASK.fields())
        .select(state().as(MERGED_STATE))
        .select(RUN.RUN_ID, RUN.SITE_ID, RUN.STARTED_BY, RUN.MODE)
        .from(USER_TASK)
        .leftJoin(RUN)
        .on(RUN.PROCESS_INSTANCE_KEY.eq(USER_TASK.PROCESS_INSTANCE_KEY));
  }

  private Approval read(Record row) {
    @Nullable String startedBy = row.get(RUN.STARTED_BY);
    return new Approval(
        row.get(USER_TASK.USER_TASK_KEY),
        row.get(USER_TASK.PROCESS_INSTANCE_KEY),
        row.get(RUN.RUN_ID),
        row.get(USER_TASK.BPMN_PROCESS_ID),
        row.get(USER_TASK.PROCESS_DEFINITION_KEY),
        row.get(USER_TASK.ELEMENT_ID),
        row.get(RUN.SITE_ID),
        startedBy == null ? "" : startedBy,
        row.get(RUN.MODE),
        row.get(USER_TASK.ASSIGNEE),
        names(row.get(USER_TASK.CANDIDATE_GROUPS)),
        names(row.get(USER_TASK.CANDIDATE_USERS)),
        ApprovalHeaders.from(headers(row.get(USER_TASK.HEADERS))),
        row.get(MERGED_STATE, String.class),
        row.get(USER_TASK.STATE),
        row.get(USER_TASK.COMPLETED_ACTION),
        row.get(USER_TASK.CREATED_AT),
        row.get(USER_TASK.DUE_AT),
        row.get(USER_TASK.ENDED_AT));
  }

  private static Set<String> names(String[] values) {
    return new TreeSet<>(new ArrayList<>(Arrays.asList(values)));
  }

  private static Map<String, String> headers(JSONB json) {
    Map<String, String> headers = new LinkedHashMap<>();
    JSON.readTree(json.data())
        .properties()
        .forEach(entry -> headers.put(entry.getKey(), entry.getValue().asString()));
    return headers;
  }
}
