package dev.segue.server.approvals;

import static dev.segue.server.storage.jooq.segue.Tables.RUN;

import dev.segue.runtime.changes.ChangeSetReference;
import dev.segue.sdk.ChangeSet;
import dev.segue.server.changes.ChangeEdit;
import dev.segue.server.changes.ChangeEdits;
import dev.segue.server.changes.ChangeSetState;
import dev.segue.server.changes.ChangeSets;
import dev.segue.server.changes.Decisions;
import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Principal;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes decisions: checks who may, records the vote and, once the quorum is reached, has the user
 * task completed. The rows are committed before the engine hears of it. Thread-safe.
 */
final class ApprovalDecisions {

  /** The outbox kind under which a decided user task is completed. */
  static final String COMPLETE = "approval.complete";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;
  private final ApprovalStore store;
  private final ChangeSets sets;
  private final ChangeEdits edits;
  private final Decisions decisions;
  private final Outbox outbox;
  private final Audit audit;
  private final PolicyJudge policies;

  ApprovalDecisions(
      Database database,
      ApprovalStore store,
      ChangeSets sets,
      ChangeEdits edits,
      Decisions decisions,
      Outbox outbox,
      Audit audit,
      PolicyJudge policies) {
    this.database = database;
    this.store = store;
    this.sets = sets;
    this.edits = edits;
    this.decisions = decisions;
    this.outbox = outbox;
    this.audit = audit;
    this.policies = policies;
  }

  /**
   * Takes a person's decision.
   *
   * @return whether it settled the matter; false if more votes are needed
   * @throws ApiException if the person may not, the approval is closed, or an edit is wrong
   */
  boolean decide(Principal person, long userTaskKey, DecideRequest request) {
    Approval approval = open(userTaskKey);
    Eligibility.refusal(person, approval)
        .ifPresent(
            reason -> {
              throw ApiException.forbidden(reason);
            });
    checkWords(request);
    Map<String, StoredChangeSet> covered = covered(approval);
    checkHashes(request, covered);
    Map<UUID, ChangeSet> edited = checkEdits(covered, request);
    return database.transaction(
        tx -> {
          lock(tx, userTaskKey);
          if (request.approves()) {
            policies
                .barsApproval(tx, approval.workflowId(), covered.values())
                .ifPresent(
                    reason -> {
                      throw ApiException.conflict(reason);
                    });
          }
          Decisions.Vote vote =
              new Decisions.Vote(
                  UUID.randomUUID(),
                  userTaskKey,
                  request.approves(),
                  "person",
                  person.username(),
                  request.words(),
                  Objects.requireNonNullElseGet(
                      request.form(), JsonNodeFactory.instance::objectNode));
          return take(tx, approval, vote, covered, edited);
        });
  }

  /** Answers as a simulated run was told to, so that it goes on without people. */
  void answerSimulated(long userTaskKey) {
    Approval approval = open(userTaskKey);
    boolean approves = approvesSimulated(approval);
    Map<String, StoredChangeSet> covered = covered(approval);
    database.transaction(
        tx -> {
          lock(tx, userTaskKey);
          Decisions.Vote vote =
              new Decisions.Vote(
                  UUID.randomUUID(),
                  userTaskKey,
                  approves,
                  "simulation",
                  "simulation",
                  approves ? "" : "This rehearsal rejects whatever it is asked.",
                  JsonNodeFactory.instance.objectNode());
          return take(tx, approval, vote, covered, Map.of());
        });
  }

  /** Lets policies decide if they may; whatever they say, they are asked once. */
  void answerByPolicy(long userTaskKey) {
    Approval approval = open(userTaskKey);
    Map<String, StoredChangeSet> covered = covered(approval);
    database.inTransaction(
        tx -> {
          lock(tx, userTaskKey);
          UUID voteId = UUID.randomUUID();
          policies
              .judge(
                  tx,
                  new PolicyJudge.Question(
                      userTaskKey,
                      approval.workflowId(),
                      approval.siteId(),
                      approval.headers().quorum(),
                      store.neededFields(tx, userTaskKey),
                      taken(tx, userTaskKey).orElse(null),
                      List.copyOf(covered.values())),
                  voteId)
              .filter(verdict -> verdict.outcome() == PolicyJudge.Outcome.APPROVED)
              .ifPresent(
                  verdict ->
                      take(
                          tx,
                          approval,
                          new Decisions.Vote(
                              voteId,
                              userTaskKey,
                              true,
                              "policy",
                              verdict.by(),
                              verdict.reason(),
                              JsonNodeFactory.instance.objectNode()),
                          covered,
                          Map.of()));
        });
  }

  /** Why people have an approval in their hands already; empty if they don't. */
  private Optional<String> taken(DSLContext tx, long userTaskKey) {
    return store
        .find(tx, userTaskKey)
        .flatMap(approval -> Optional.ofNullable(store.holder(tx, approval)))
        .map(holder -> holder + " holds it")
        .or(
            () ->
                store.votes(tx, userTaskKey).stream()
                    .findFirst()
                    .map(vote -> vote.decidedBy() + " has voted on it"));
  }

  private boolean approvesSimulated(Approval approval) {
    return !"reject"
        .equals(
            database
                .jooq()
                .select(RUN.ANSWER)
                .from(RUN)
                .where(RUN.PROCESS_INSTANCE_KEY.eq(approval.processInstanceKey()))
                .fetchOne(RUN.ANSWER));
  }

  private boolean take(
      DSLContext tx,
      Approval approval,
      Decisions.Vote vote,
      Map<String, StoredChangeSet> covered,
      Map<UUID, ChangeSet> edited) {
    long key = approval.userTaskKey();
    refuseSecondVote(tx, approval, vote);
    Map<String, StoredChangeSet> decided = new LinkedHashMap<>(covered);
    if (!edited.isEmpty()) {
      decisions.invalidate(tx, key, vote.by() + " edited the changes after this vote.");
      decided.replaceAll((variable, set) -> replaceEdited(tx, set, edited, vote.by()));
    }
    decisions.record(tx, vote, List.copyOf(decided.values()));
    boolean settled =
        !vote.approves()
            || vote.byKind().equals("simulation")
            || decisions.approvals(tx, key) >= approval.headers().quorum();
    if (settled) {
      decisions.deciding(tx, key, vote.approves());
      outbox.enqueue(
          tx, COMPLETE, Long.toString(key), completion(approval, vote, covered, decided));
    }
    audit.record(
        tx,
        new AuditEntry(
            vote.by(),
            vote.approves() ? "approval.approve" : "approval.reject",
            "approval",
            Long.toString(key),
            auditDetail(decided, vote)));
    return settled;
  }

  private StoredChangeSet replaceEdited(
      DSLContext tx, StoredChangeSet set, Map<UUID, ChangeSet> edited, String by) {
    ChangeSet content = edited.get(set.id());
    return content == null ? set : sets.supersede(tx, set, content, by);
  }

  private void refuseSecondVote(DSLContext tx, Approval approval, Decisions.Vote vote) {
    for (Vote earlier : store.votes(tx, approval.userTaskKey())) {
      if (earlier.state() == Vote.State.DECIDING || earlier.state() == Vote.State.FINAL) {
        throw ApiException.conflict(
            "%s has decided this approval already.".formatted(earlier.decidedBy()));
      }
      if (earlier.state() == Vote.State.VOTE && earlier.decidedBy().equals(vote.by())) {
        throw ApiException.conflict(
            "You have approved this already; %d approvals are needed in all."
                .formatted(approval.headers().quorum()));
      }
    }
  }

  private Approval open(long userTaskKey) {
    Approval approval =
        store
            .find(database.jooq(), userTaskKey)
            .orElseThrow(() -> ApiException.notFound("approval", userTaskKey));
    if (!approval.isOpen()) {
      throw ApiException.conflict(
          approval.engineState().equals("completed")
              ? "This approval has been decided already."
              : "This approval ended without a decision, by a timer or because its run was"
                  + " cancelled; nothing can be decided any more.");
    }
    return approval;
  }

  private static void checkWords(DecideRequest request) {
    if (!request.approves() && request.words().isEmpty()) {
      throw ApiException.invalid("comment", "say why you reject, so that others can mend it");
    }
    if (!request.approves() && !request.allEdits().isEmpty()) {
      throw ApiException.invalid("edits", "a rejection takes no edits; approve with edits instead");
    }
    ObjectNode form = request.form();
    if (form != null && form.has("segue")) {
      throw ApiException.invalid("form.segue", "the name 'segue' is reserved; rename the field");
    }
  }

  /** The sets under decision by the variable that names them. */
  Map<String, StoredChangeSet> covered(Approval approval) {
    List<String> names = approval.headers().changeVariables();
    Map<String, JsonNode> values = store.variables(database.jooq(), approval, names);
    Map<String, StoredChangeSet> covered = new LinkedHashMap<>();
    for (String name : names) {
      set(values.get(name)).ifPresent(set -> covered.put(name, set));
    }
    return covered;
  }

  private Optional<StoredChangeSet> set(@Nullable JsonNode reference) {
    if (reference == null) {
      return Optional.empty();
    }
    JsonNode id = reference.isObject() ? reference.path("id") : reference;
    try {
      return sets.current(database.jooq(), UUID.fromString(id.asString("")));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private Map<UUID, ChangeSet> checkEdits(
      Map<String, StoredChangeSet> covered, DecideRequest request) {
    Map<UUID, StoredChangeSet> byId = new LinkedHashMap<>();
    covered.values().forEach(set -> byId.put(set.id(), set));
    Map<UUID, List<ChangeEdit>> bySet = new LinkedHashMap<>();
    for (DecideRequest.Edit edit : request.allEdits()) {
      bySet.computeIfAbsent(editedSet(edit, byId), id -> new ArrayList<>()).add(edit.inSet());
    }
    Map<UUID, ChangeSet> edited = new LinkedHashMap<>();
    bySet.forEach(
        (id, changes) ->
            edited.put(id, edits.apply(Objects.requireNonNull(byId.get(id)), changes)));
    return edited;
  }

  private static UUID editedSet(DecideRequest.Edit edit, Map<UUID, StoredChangeSet> byId) {
    UUID id = edit.changeSet();
    if (id == null && byId.size() == 1) {
      return byId.keySet().iterator().next();
    }
    StoredChangeSet set = id == null ? null : byId.get(id);
    if (set == null || set.state() != ChangeSetState.PLANNED) {
      throw ApiException.invalid(
          "edits.changeSet", "must be one of the sets under decision: " + byId.keySet());
    }
    return set.id();
  }

  private static void checkHashes(DecideRequest request, Map<String, StoredChangeSet> covered) {
    List<String> seen = request.hashes();
    if (seen == null) {
      return;
    }
    Set<String> now =
        covered.values().stream().map(StoredChangeSet::hash).collect(Collectors.toSet());
    if (!now.equals(Set.copyOf(seen))) {
      throw ApiException.conflict(
          "The changes were edited since you read them. Look at them again, then decide.");
    }
  }

  private static ObjectNode auditDetail(Map<String, StoredChangeSet> decided, Decisions.Vote vote) {
    ObjectNode detail = JsonNodeFactory.instance.objectNode();
    detail.put("comment", vote.comment());
    var list = detail.putArray("changeSets");
    decided
        .values()
        .forEach(set -> list.addObject().put("id", set.id().toString()).put("hash", set.hash()));
    return detail;
  }

  private ObjectNode completion(
      Approval approval,
      Decisions.Vote vote,
      Map<String, StoredChangeSet> before,
      Map<String, StoredChangeSet> decided) {
    ObjectNode variables = vote.form().deepCopy();
    ObjectNode outcome = variables.putObject(approval.headers().resultVariable());
    outcome.put("outcome", vote.approves() ? "approved" : "rejected");
    outcome.put("by", vote.by());
    outcome.put("comment", vote.comment());
    decided.forEach(
        (variable, set) -> {
          StoredChangeSet old = before.get(variable);
          if (old == null || !old.id().equals(set.id())) {
            variables.set(variable, JSON.valueToTree(reference(set)));
          }
        });
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("voteId", vote.id().toString());
    payload.set("variables", variables);
    return payload;
  }

  private ChangeSetReference reference(StoredChangeSet set) {
    return ChangeSetReference.of(
        set.id().toString(), set.hash(), sets.content(database.jooq(), set));
  }

  /** Lets the votes on one approval come in one after the other. */
  private static void lock(DSLContext tx, long userTaskKey) {
    tx.select(DSL.field("pg_advisory_xact_lock({0})", Object.class, DSL.val(userTaskKey))).fetch();
  }
}
