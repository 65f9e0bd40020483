package dev.segue.server.changes;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.PastOutcome;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies the changes of an approved set in their order, each at most once however often the call
 * is repeated. Thread-safe; each call blocks.
 */
final class ChangeApplier {

  private static final Duration LEASE_MARGIN = Duration.ofSeconds(30);

  private final Database database;
  private final ChangeSets sets;
  private final ApplyLedger ledger;
  private final StepInvoker invoker;

  ChangeApplier(Database database, ChangeSets sets, ApplyLedger ledger, StepInvoker invoker) {
    this.database = database;
    this.sets = sets;
    this.ledger = ledger;
    this.invoker = invoker;
  }

  /**
   * Goes on where an earlier call stopped.
   *
   * @param step the step that planned the set
   * @param set an admitted set
   * @param how makes the invocation for a change's key
   * @return how far it came
   */
  ApplyVerdict apply(
      StepBinding.Changing step, StoredChangeSet set, Function<String, Invocation> how) {
    Application application = new Application(step, set, how);
    Optional<ApplyVerdict> unseen = application.setAsideOutdated();
    if (unseen.isPresent()) {
      return unseen.get();
    }
    for (StoredChange change : sets.changes(database.jooq(), set.id())) {
      Optional<ApplyVerdict> stop = application.advance(change);
      if (stop.isPresent()) {
        return stop.get();
      }
    }
    return conclude(application);
  }

  private ApplyVerdict conclude(Application application) {
    StoredChangeSet set = application.set;
    List<StoredChange> changes = sets.changes(database.jooq(), set.id());
    ChangeSetState state = ChangeSetState.after(changes);
    Persistently.run(() -> sets.setState(database.jooq(), set.id(), state));
    List<StoredChange> stale =
        changes.stream().filter(change -> change.state() == ChangeState.STALE).toList();
    if (!stale.isEmpty()) {
      return new ApplyVerdict.Stale(staleMessage(changes.size(), stale));
    }
    List<ChangeResult> results = new ArrayList<>();
    changes.forEach(change -> results.add(new ChangeResult(change.change(), outcome(change))));
    return switch (invoker.result(application.step, results, application.how.apply(""))) {
      case StepResult.Completed<ObjectNode> completed -> new ApplyVerdict.Done(completed.value());
      case StepResult.Failed<ObjectNode> failed -> new ApplyVerdict.Failed(failed.failure());
    };
  }

  private static ChangeOutcome outcome(StoredChange change) {
    ChangeOutcome outcome = change.outcome();
    return outcome == null ? new ChangeOutcome.Refused(change.message()) : outcome;
  }

  private static String staleMessage(int count, List<StoredChange> stale) {
    StoredChange first = stale.getFirst();
    return stale.size()
        + " of "
        + count
        + " changes no longer fit, the first being '"
        + first.change().title()
        + "': "
        + first.message();
  }

  /** One call of {@link #apply}. */
  private final class Application {

    private final StepBinding.Changing step;
    private final StoredChangeSet set;
    private final Function<String, Invocation> how;

    Application(StepBinding.Changing step, StoredChangeSet set, Function<String, Invocation> how) {
      this.step = step;
      this.set = set;
      this.how = how;
    }

    /**
     * Has the step look at the list as a whole before its first attempt; a verdict stops the whole.
     */
    Optional<ApplyVerdict> setAsideOutdated() {
      List<StoredChange> changes = sets.changes(database.jooq(), set.id());
      boolean begun = changes.stream().anyMatch(change -> change.state() != ChangeState.PLANNED);
      if (begun || changes.isEmpty()) {
        return Optional.empty();
      }
      StepResult<List<ChangeProblem>> looked =
          invoker.outdated(
              step,
              changes.stream().map(StoredChange::change).toList(),
              set.connections(),
              how.apply(set.id().toString()));
      return switch (looked) {
        case StepResult.Completed<List<ChangeProblem>> done -> {
          Persistently.run(() -> ledger.outdated(set.id(), done.value()));
          yield Optional.empty();
        }
        case StepResult.Failed<List<ChangeProblem>> failed ->
            Optional.of(new ApplyVerdict.Failed(failed.failure()));
      };
    }

    /** Brings one change to its outcome; a verdict stops the whole. */
    Optional<ApplyVerdict> advance(StoredChange change) {
      return switch (change.state()) {
        case APPLIED, STALE, REFUSED, SKIPPED -> Optional.empty();
        case IN_DOUBT -> Optional.of(doubt(change, change.message()));
        case PLANNED -> attempt(change);
        case APPLYING ->
            change.leaseLive()
                ? Optional.of(waitForOther(change))
                : settle(change, null).or(() -> attemptIfOpen(change));
      };
    }

    private Optional<ApplyVerdict> attemptIfOpen(StoredChange change) {
      ChangeState now = sets.changes(database.jooq(), set.id()).get(change.ordinal()).state();
      return now == ChangeState.PLANNED ? attempt(change) : Optional.empty();
    }

    private Optional<ApplyVerdict> attempt(StoredChange change) {
      Invocation invocation = how.apply(key(change));
      if (!ledger.begin(set.id(), change.ordinal(), invocation.limit().plus(LEASE_MARGIN))) {
        return Optional.of(waitForOther(change));
      }
      StepResult<ChangeOutcome> result =
          invoker.apply(step, change.change(), key(change), set.connections(), invocation);
      return switch (result) {
        case StepResult.Completed<ChangeOutcome> done -> {
          Persistently.run(() -> ledger.finish(set.id(), change.ordinal(), done.value()));
          yield Optional.empty();
        }
        case StepResult.Failed<ChangeOutcome> failed -> failed(change, failed.failure());
      };
    }

    private Optional<ApplyVerdict> failed(StoredChange change, StepFailure failure) {
      return switch (failure) {
        case StepFailure.Retry retry -> certainlyNot(change, retry);
        case StepFailure.InvalidInput input -> certainlyNot(change, input);
        case StepFailure.Interrupted interrupted -> {
          ledger.uncertain(set.id(), change.ordinal(), interrupted.message());
          yield Optional.of(new ApplyVerdict.Failed(interrupted));
        }
        case StepFailure.BusinessError error -> unclear(change, error);
        case StepFailure.TimedOut timedOut -> unclear(change, timedOut);
        case StepFailure.InvalidOutput output -> unclear(change, output);
        case StepFailure.Fault fault -> unclear(change, fault);
      };
    }

    private Optional<ApplyVerdict> certainlyNot(StoredChange change, StepFailure failure) {
      Persistently.run(() -> ledger.notHappened(set.id(), change.ordinal(), failure.message()));
      return Optional.of(new ApplyVerdict.Failed(failure));
    }

    private Optional<ApplyVerdict> unclear(StoredChange change, StepFailure failure) {
      Persistently.run(() -> ledger.uncertain(set.id(), change.ordinal(), failure.message()));
      return settle(change, failure);
    }

    /**
     * Finds out whether an attempt happened. Gives nothing if the way is free again: either it did,
     * or it may be tried anew.
     *
     * @param failure how the attempt ended, or null if its server died
     */
    private Optional<ApplyVerdict> settle(StoredChange change, @Nullable StepFailure failure) {
      StepResult<PastOutcome> asked =
          invoker.outcome(
              step, change.change(), key(change), set.connections(), how.apply(key(change)));
      return switch (asked) {
        case StepResult.Failed<PastOutcome> failed ->
            Optional.of(new ApplyVerdict.Failed(failed.failure()));
        case StepResult.Completed<PastOutcome> answer ->
            switch (answer.value()) {
              case PastOutcome.Happened happened -> {
                Persistently.run(
                    () -> ledger.finish(set.id(), change.ordinal(), happened.applied()));
                yield Optional.empty();
              }
              case PastOutcome.DidNotHappen no -> again(change, failure);
              case PastOutcome.Unknown unknown ->
                  step.apply().policy().inDoubt() == InDoubt.RETRY
                      ? again(change, failure)
                      : Optional.of(ask(change, failure, unknown.why()));
            };
      };
    }

    private Optional<ApplyVerdict> again(StoredChange change, @Nullable StepFailure failure) {
      Persistently.run(
          () ->
              ledger.notHappened(
                  set.id(), change.ordinal(), failure == null ? "" : failure.message()));
      return failure == null ? Optional.empty() : Optional.of(new ApplyVerdict.Failed(failure));
    }

    private ApplyVerdict ask(StoredChange change, @Nullable StepFailure failure, String why) {
      String message =
          (failure == null ? "The server died while it was applied. " : failure.message() + " ")
              + why;
      Persistently.run(
          () -> {
            ledger.inDoubt(set.id(), change.ordinal(), message);
            sets.setState(database.jooq(), set.id(), ChangeSetState.IN_DOUBT);
          });
      return doubt(change, message);
    }

    private ApplyVerdict doubt(StoredChange change, String message) {
      return new ApplyVerdict.InDoubt(
          "Nobody knows whether change "
              + (change.ordinal() + 1)
              + " of change set "
              + set.id()
              + " happened: '"
              + change.change().title()
              + "'. "
              + message
              + " Look at the outside system, then resolve this incident with the action"
              + " 'happened' or 'did-not-happen'.");
    }

    private ApplyVerdict waitForOther(StoredChange change) {
      return new ApplyVerdict.Wait(
          Duration.ofSeconds(2),
          "Another server is applying change " + (change.ordinal() + 1) + " of " + set.id() + ".");
    }

    private String key(StoredChange change) {
      return set.id() + "-" + change.ordinal();
    }
  }
}
