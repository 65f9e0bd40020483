package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.CHANGE;
import static dev.segue.server.storage.jooq.segue.Tables.CHANGE_SET;
import static dev.segue.server.storage.jooq.segue.Tables.DECISION;
import static dev.segue.server.storage.jooq.segue.Tables.SERVER;

import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.runtime.changes.ChangeSetReference;
import dev.segue.runtime.changes.ContentHash;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeSet;
import dev.segue.server.storage.jooq.segue.tables.records.ChangeSetRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores change sets and the decisions on them.
 *
 * <p>Methods take the transaction they are part of. Thread-safe.
 */
public final class ChangeSets {

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Stores a set, unless the same plan has stored it already.
   *
   * @return the stored set
   */
  StoredChangeSet insert(DSLContext tx, NewChangeSet set) {
    UUID id = UUID.randomUUID();
    ChangeSet content = set.content();
    int inserted =
        tx.insertInto(CHANGE_SET)
            .set(CHANGE_SET.SET_ID, id)
            .set(CHANGE_SET.RUN_ID, set.runId())
            .set(CHANGE_SET.PROCESS_INSTANCE_KEY, set.processInstanceKey())
            .set(CHANGE_SET.ELEMENT_ID, set.elementId())
            .set(CHANGE_SET.STEP_TYPE, set.stepType())
            .set(CHANGE_SET.PLUGIN_ID, set.stepType().substring(0, set.stepType().indexOf(':')))
            .set(CHANGE_SET.PLUGIN_VERSION, set.pluginVersion())
            .set(CHANGE_SET.CONNECTIONS, json(JSON.valueToTree(set.connections())))
            .set(CHANGE_SET.SITE_ID, set.siteId())
            .set(CHANGE_SET.MODE, set.simulated() ? "simulated" : "live")
            .set(CHANGE_SET.TITLE, content.title())
            .set(CHANGE_SET.SUMMARY, content.summary())
            .set(CHANGE_SET.HASH, ContentHash.of(content, set.connections()))
            .set(CHANGE_SET.COUNT, content.changes().size())
            .set(CHANGE_SET.TOTALS, json(JSON.valueToTree(ChangeSetReference.totals(content))))
            .set(CHANGE_SET.STATE, ChangeSetState.PLANNED.word())
            .set(CHANGE_SET.SUPERSEDES, set.supersedes())
            .set(CHANGE_SET.UNDOES, set.undoes())
            .set(CHANGE_SET.PLAN_KEY, set.planKey())
            .set(CHANGE_SET.VALID_UNTIL, earliestEnd(content.changes()))
            .set(CHANGE_SET.CREATED_BY, set.createdBy())
            .onConflict(CHANGE_SET.PLAN_KEY)
            .doNothing()
            .execute();
    if (inserted == 0) {
      return byPlanKey(tx, Objects.requireNonNull(set.planKey())).orElseThrow();
    }
    List<ObjectNode> changes = new ArrayList<>();
    content.changes().forEach(change -> changes.add(ChangeSetJson.write(change)));
    var rows = tx.insertInto(CHANGE, CHANGE.SET_ID, CHANGE.ORDINAL, CHANGE.CONTENT);
    for (int ordinal = 0; ordinal < changes.size(); ordinal++) {
      rows = rows.values(id, ordinal, json(changes.get(ordinal)));
    }
    if (!changes.isEmpty()) {
      rows.execute();
    }
    return find(tx, id).orElseThrow();
  }

  /**
   * Finds a set.
   *
   * @param tx the transaction to read in
   * @param id identifies the set
   * @return the set without its changes, or empty if there is none
   */
  public Optional<StoredChangeSet> find(DSLContext tx, UUID id) {
    return where(tx, CHANGE_SET.SET_ID.eq(id)).stream().findFirst();
  }

  /**
   * Finds the set that stands in the place of another after edits.
   *
   * @param tx the transaction to read in
   * @param id a set, edited or not
   * @return the newest edition; the set itself if it wasn't edited; empty if there is none
   */
  public Optional<StoredChangeSet> current(DSLContext tx, UUID id) {
    Optional<StoredChangeSet> next = where(tx, CHANGE_SET.SUPERSEDES.eq(id)).stream().findFirst();
    return next.isPresent() ? current(tx, next.get().id()) : find(tx, id);
  }

  /**
   * Finds the set that takes another back, or is about to.
   *
   * @param tx the transaction to read in
   * @param id a set that was applied
   * @return the set, unless it was rejected, edited or stale; empty if there is none
   */
  Optional<StoredChangeSet> undoOf(DSLContext tx, UUID id) {
    return where(
            tx,
            CHANGE_SET
                .UNDOES
                .eq(id)
                .and(
                    CHANGE_SET.STATE.notIn(
                        ChangeSetState.REJECTED.word(),
                        ChangeSetState.SUPERSEDED.word(),
                        ChangeSetState.STALE.word())))
        .stream()
        .findFirst();
  }

  Optional<StoredChangeSet> byPlanKey(DSLContext tx, String planKey) {
    return where(tx, CHANGE_SET.PLAN_KEY.eq(planKey)).stream().findFirst();
  }

  /**
   * Lists the sets that a run has planned, oldest first.
   *
   * @param tx the transaction to read in
   * @param runId the run
   * @return the sets, superseded ones included
   */
  public List<StoredChangeSet> ofRun(DSLContext tx, UUID runId) {
    return where(tx, CHANGE_SET.RUN_ID.eq(runId)).stream()
        .sorted(Comparator.comparing(StoredChangeSet::createdAt))
        .toList();
  }

  /** Lists sets, newest first, starting after a place in that order. */
  List<StoredChangeSet> list(DSLContext tx, Condition filter, int limit) {
    return tx.selectFrom(CHANGE_SET)
        .where(filter)
        .orderBy(CHANGE_SET.CREATED_AT.desc(), CHANGE_SET.SET_ID.desc())
        .limit(limit)
        .fetch(ChangeSets::read);
  }

  /**
   * Reads the changes of a set.
   *
   * @param tx the transaction to read in
   * @param id identifies the set
   * @return the changes in order
   */
  public List<StoredChange> changes(DSLContext tx, UUID id) {
    return tx.select(
            CHANGE.ORDINAL,
            CHANGE.CONTENT,
            CHANGE.STATE,
            CHANGE.ATTEMPT,
            CHANGE.OUTCOME,
            CHANGE.MESSAGE,
            CHANGE.FINISHED_AT,
            DSL.field(CHANGE.LEASE_UNTIL.gt(DSL.currentInstant()).and(SERVER.STOPPED_AT.isNull())))
        .from(CHANGE)
        .leftJoin(SERVER)
        .on(SERVER.SERVER_ID.eq(CHANGE.SERVER_ID))
        .where(CHANGE.SET_ID.eq(id))
        .orderBy(CHANGE.ORDINAL)
        .fetch(ChangeSets::readChange);
  }

  /**
   * Puts together what was planned, which is what its hash is over.
   *
   * @param tx the transaction to read in
   * @param set the stored set
   * @return title, summary and changes
   */
  public ChangeSet content(DSLContext tx, StoredChangeSet set) {
    return new ChangeSet(
        set.title(),
        set.summary(),
        changes(tx, set.id()).stream().map(StoredChange::change).toList());
  }

  /**
   * Puts an edited set in the place of a planned one.
   *
   * @param tx the transaction
   * @param old a planned set
   * @param edited what stands in its place
   * @param editedBy the approver
   * @return the new set
   * @throws IllegalStateException if the old set is not planned any more
   */
  public StoredChangeSet supersede(
      DSLContext tx, StoredChangeSet old, ChangeSet edited, String editedBy) {
    if (!move(tx, old.id(), ChangeSetState.PLANNED, ChangeSetState.SUPERSEDED)) {
      throw new IllegalStateException("change set " + old.id() + " is not planned any more");
    }
    return insert(tx, NewChangeSet.inPlaceOf(old, edited, editedBy));
  }

  /** Moves a set to another state; false if it is not in the expected one any more. */
  boolean move(DSLContext tx, UUID id, ChangeSetState from, ChangeSetState to) {
    return tx.update(CHANGE_SET)
            .set(CHANGE_SET.STATE, to.word())
            .set(CHANGE_SET.UPDATED_AT, Instant.now())
            .where(CHANGE_SET.SET_ID.eq(id))
            .and(CHANGE_SET.STATE.eq(from.word()))
            .execute()
        == 1;
  }

  void setState(DSLContext tx, UUID id, ChangeSetState state) {
    tx.update(CHANGE_SET)
        .set(CHANGE_SET.STATE, state.word())
        .set(CHANGE_SET.UPDATED_AT, Instant.now())
        .where(CHANGE_SET.SET_ID.eq(id))
        .execute();
  }

  /** Finds the decision that allows a set to be applied, in force or on its way. */
  Optional<Decision> approval(DSLContext tx, UUID set, String hash) {
    return tx.selectFrom(DECISION)
        .where(DECISION.SET_ID.eq(set))
        .and(DECISION.HASH.eq(hash))
        .and(DECISION.OUTCOME.eq("approved"))
        .and(DECISION.STATE.in("deciding", "final"))
        .orderBy(DECISION.STATE.desc())
        .limit(1)
        .fetchOptional(
            row ->
                new Decision(
                    row.getDecisionId(),
                    row.getSetId(),
                    row.getHash(),
                    true,
                    row.getByKind(),
                    row.getDecidedBy(),
                    row.getState().equals("final")
                        ? Decision.State.FINAL
                        : Decision.State.DECIDING));
  }

  /** Lets a policy decide, at once and for good. */
  void approveByPolicy(DSLContext tx, StoredChangeSet set, String byKind, String policy) {
    UUID id = UUID.randomUUID();
    tx.insertInto(DECISION)
        .set(DECISION.DECISION_ID, id)
        .set(DECISION.VOTE_ID, id)
        .set(DECISION.SET_ID, set.id())
        .set(DECISION.HASH, set.hash())
        .set(DECISION.OUTCOME, "approved")
        .set(DECISION.BY_KIND, byKind)
        .set(DECISION.DECIDED_BY, policy)
        .set(DECISION.STATE, "final")
        .set(DECISION.SETTLED_AT, Instant.now())
        .execute();
    move(tx, set.id(), ChangeSetState.PLANNED, ChangeSetState.APPROVED);
  }

  private static List<StoredChangeSet> where(DSLContext tx, Condition condition) {
    return tx.selectFrom(CHANGE_SET).where(condition).fetch(ChangeSets::read);
  }

  private static StoredChangeSet read(ChangeSetRecord row) {
    Map<String, String> connections = new LinkedHashMap<>();
    parse(row.getConnections())
        .properties()
        .forEach(entry -> connections.put(entry.getKey(), entry.getValue().asString()));
    return new StoredChangeSet(
        row.getSetId(),
        row.getRunId(),
        row.getProcessInstanceKey(),
        row.getElementId(),
        row.getStepType(),
        row.getPluginVersion(),
        connections,
        row.getSiteId(),
        row.getMode().equals("simulated"),
        row.getTitle(),
        row.getSummary(),
        row.getHash(),
        row.getCount(),
        parse(row.getTotals()),
        ChangeSetState.of(row.getState()),
        row.getSupersedes(),
        row.getUndoes(),
        row.getValidUntil(),
        row.getCreatedBy(),
        row.getCreatedAt());
  }

  private static StoredChange readChange(Record row) {
    JSONB outcome = row.get(CHANGE.OUTCOME);
    return new StoredChange(
        row.get(CHANGE.ORDINAL),
        ChangeSetJson.readChange(parse(row.get(CHANGE.CONTENT))),
        ChangeState.of(row.get(CHANGE.STATE)),
        row.get(CHANGE.ATTEMPT),
        outcome == null ? null : ChangeSetJson.readOutcome(parse(outcome)),
        row.get(CHANGE.MESSAGE),
        Boolean.TRUE.equals(row.get(7, Boolean.class)),
        row.get(CHANGE.FINISHED_AT));
  }

  private static @Nullable Instant earliestEnd(List<Change> changes) {
    return changes.stream()
        .map(Change::validUntil)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static JSONB json(JsonNode node) {
    return JSONB.valueOf(node.toString());
  }

  private static JsonNode parse(JSONB json) {
    return JSON.readTree(json.data());
  }
}
