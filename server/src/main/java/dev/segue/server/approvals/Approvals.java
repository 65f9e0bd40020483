package dev.segue.server.approvals;

import static dev.segue.server.storage.jooq.history.Tables.USER_TASK;
import static dev.segue.server.storage.jooq.segue.Tables.DECISION;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;

import dev.segue.bpmn.engine.Engine;
import dev.segue.server.changes.Changes;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.people.Directory;
import dev.segue.server.storage.Database;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the rest of the server sees of approvals. Thread-safe. */
public final class Approvals {

  private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

  private final Database database;
  private final ApprovalStore store = new ApprovalStore();
  private final ApprovalDecisions decisions;
  private final ApprovalViews views;
  private final Changes changes;
  private final Assignments assignments;
  private final Delegates delegates;
  private final List<Operation> operations;

  /**
   * What approvals work with.
   *
   * @param database holds decisions, comments and the history of user tasks
   * @param engine completes and assigns user tasks
   * @param outbox remembers what the engine must be told
   * @param events tells of settled approvals
   * @param audit records who decided
   * @param people whom approvals can be handed to
   */
  public record Parts(
      Database database,
      Engine engine,
      Outbox outbox,
      EventBus events,
      Audit audit,
      Directory people) {}

  /**
   * Puts approvals together and registers what the outbox does for them.
   *
   * @param parts what they work with
   * @param changes the sets under decision
   * @param texts what diagrams say of their user tasks
   */
  public Approvals(Parts parts, Changes changes, TaskTexts texts) {
    this(parts, changes, texts, PolicyJudge.NONE);
  }

  /**
   * Likewise, with policies that may decide before people are asked.
   *
   * @param policies judge each approval of a live run once
   */
  public Approvals(Parts parts, Changes changes, TaskTexts texts, PolicyJudge policies) {
    this.database = parts.database();
    this.changes = changes;
    this.decisions =
        new ApprovalDecisions(
            parts.database(),
            store,
            changes.sets(),
            changes.edits(),
            changes.decisions(),
            parts.outbox(),
            parts.audit(),
            policies);
    this.views = new ApprovalViews(store, changes.views(), texts, policies);
    this.delegates = new Delegates(parts.database(), store, parts.people());
    this.assignments =
        new Assignments(
            parts.database(), parts.engine(), store, parts.outbox(), parts.audit(), delegates);
    Settlements settlements = new Settlements();
    parts.events().subscribe(ApprovalSettled.class, settlements::settled);
    parts
        .outbox()
        .register(
            ApprovalDecisions.COMPLETE,
            new ApprovalCompletion(
                parts.database(), parts.engine(), store, changes.decisions(), parts.events()));
    parts.outbox().register(Assignments.ASSIGN, assignments);
    this.operations =
        new ApprovalOperations(
                parts.database(), store, views, decisions, assignments, delegates, settlements)
            .operations();
  }

  /**
   * Lists who answers the contract's operations on approvals.
   *
   * @return one for each operation id
   */
  public List<Operation> operations() {
    return operations;
  }

  /**
   * Shows the approvals of a run.
   *
   * @param processInstanceKeys the run's process instances
   * @return the contract's {@code Approval}, oldest first
   */
  public List<ObjectNode> ofRun(Collection<Long> processInstanceKeys) {
    return store.ofRun(database.jooq(), processInstanceKeys).stream()
        .map(
            approval ->
                views.summary(
                    database.jooq(), null, approval, decisions.covered(approval).values()))
        .toList();
  }

  /**
   * Finds an approval that waits for people; policies are asked before.
   *
   * @return empty if it has ended or is being decided, or if its run is not known to be live
   */
  public Optional<WaitingApproval> waiting(long userTaskKey) {
    userTaskCreated(userTaskKey);
    return store
        .find(database.jooq(), userTaskKey)
        .filter(approval -> approval.state().equals("open") && "live".equals(approval.mode()))
        .map(approval -> approval.heldBy(store.holder(database.jooq(), approval)))
        .map(
            approval ->
                views.waiting(
                    database.jooq(),
                    approval,
                    decisions.covered(approval).values(),
                    delegates.awaited(approval)));
  }

  /**
   * Looks at a user task that has come up: in a simulated run it is answered without people, in a
   * live one policies are asked first. Looking again changes nothing.
   *
   * @param userTaskKey the user task
   */
  public void userTaskCreated(long userTaskKey) {
    store
        .find(database.jooq(), userTaskKey)
        .filter(approval -> approval.state().equals("open"))
        .ifPresent(this::answer);
  }

  /**
   * Looks at a user task that has ended: votes that settled nothing lose their force.
   *
   * @param userTaskKey the user task
   */
  public void userTaskEnded(long userTaskKey) {
    database.inTransaction(
        tx -> {
          boolean underWay =
              tx.fetchExists(
                  DECISION,
                  DECISION.USER_TASK_KEY.eq(userTaskKey).and(DECISION.STATE.eq("deciding")));
          if (!underWay) {
            changes
                .decisions()
                .invalidate(tx, userTaskKey, "The approval ended before the quorum was reached.");
          }
        });
  }

  private void answer(Approval approval) {
    if ("simulated".equals(approval.mode())) {
      answerSimulated(approval.userTaskKey());
    } else if ("live".equals(approval.mode())) {
      answerByPolicy(approval.userTaskKey());
    }
  }

  /** Catches up on user tasks that came up, and runs that ended, while no server listened. */
  public void catchUp() {
    database
        .jooq()
        .select(USER_TASK.USER_TASK_KEY)
        .from(USER_TASK)
        .join(RUN)
        .on(RUN.PROCESS_INSTANCE_KEY.eq(USER_TASK.PROCESS_INSTANCE_KEY))
        .where(USER_TASK.STATE.eq("created"))
        .and(RUN.MODE.eq("simulated"))
        .and(
            DSL.notExists(
                DSL.selectOne()
                    .from(DECISION)
                    .where(DECISION.USER_TASK_KEY.eq(USER_TASK.USER_TASK_KEY))))
        .fetch(USER_TASK.USER_TASK_KEY)
        .forEach(key -> attempt(key, this::answerSimulated));
    database
        .jooq()
        .fetch(
            """
            select t.user_task_key from history.user_task t
            join segue.run r on r.process_instance_key = t.process_instance_key
            where t.state = 'created' and r.mode = 'live' and not exists (select 1
              from segue.policy_verdict v where v.user_task_key = t.user_task_key)\
            """)
        .getValues(0, Long.class)
        .forEach(key -> attempt(key, this::answerByPolicy));
    changes.catchUp();
  }

  /** Keeps one approval that fails from those after it. */
  private static void attempt(long userTaskKey, LongConsumer answer) {
    try {
      answer.accept(userTaskKey);
    } catch (RuntimeException e) {
      LOG.warn("The approval {} could not be answered; it is tried again", userTaskKey, e);
    }
  }

  private void answerByPolicy(long userTaskKey) {
    try {
      decisions.answerByPolicy(userTaskKey);
    } catch (ApiException e) {
      LOG.debug("the approval {} was settled meanwhile", userTaskKey, e);
    }
  }

  private void answerSimulated(long userTaskKey) {
    try {
      decisions.answerSimulated(userTaskKey);
    } catch (ApiException e) {
      LOG.debug("the simulated approval {} was settled meanwhile", userTaskKey, e);
    }
  }
}
