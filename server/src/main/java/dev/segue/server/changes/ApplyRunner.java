package dev.segue.server.changes;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeResult;
import dev.segue.server.steps.JobOutcome;
import dev.segue.server.steps.JobRunner;
import dev.segue.server.steps.RunMode;
import dev.segue.server.steps.StepCall;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs {@code NAME.apply}: applies a set under a decision for its very hash, or in a simulated run
 * says what it would do.
 */
final class ApplyRunner implements JobRunner {

  /** The BPMN error that leads back to planning. */
  static final String STALE = "CHANGES_STALE";

  private static final String WITHOUT_APPROVAL = "segue.approval";
  private static final Duration UNTIL_RESUMED = Duration.ofSeconds(2);

  private final Database database;
  private final ChangeSets sets;
  private final Admission admission;
  private final ChangeApplier applier;
  private final StepInvoker invoker;

  ApplyRunner(
      Database database,
      ChangeSets sets,
      Admission admission,
      ChangeApplier applier,
      StepInvoker invoker) {
    this.database = database;
    this.sets = sets;
    this.admission = admission;
    this.applier = applier;
    this.invoker = invoker;
  }

  @Override
  public JobOutcome run(StepCall call) {
    String reference = call.input().path("changes").asString("");
    Optional<StoredChangeSet> found = find(reference);
    if (found.isEmpty()) {
      return new JobOutcome.Incident(
          "There is no change set '"
              + reference
              + "'. Map the plan step's result to the input 'changes', such as =plannedPrices.id.");
    }
    StoredChangeSet set = found.get();
    Optional<String> refusal = refusal(call, set);
    if (refusal.isPresent()) {
      return new JobOutcome.Incident(refusal.get());
    }
    return switch (call.run().mode()) {
      case UNKNOWN ->
          new JobOutcome.Later(
              Duration.ofSeconds(5), "nobody has said yet whether this run is live");
      case SIMULATED -> rehearse(call, set);
      case LIVE ->
          admission
              .refusal(set, asksNobody(call))
              .or(() -> waitFor(call, set))
              .orElseGet(() -> apply(call, set));
    };
  }

  private Optional<StoredChangeSet> find(String reference) {
    try {
      return sets.find(database.jooq(), UUID.fromString(reference));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private Optional<String> refusal(StepCall call, StoredChangeSet set) {
    String step = PlanRunner.whole(call.step().type()).toString();
    if (!set.stepType().equals(step)) {
      return Optional.of(
          "Change set "
              + set.id()
              + " was planned by "
              + set.stepType()
              + ", not by "
              + step
              + ".");
    }
    if (!call.run().runId().equals(String.valueOf(set.runId()))) {
      return Optional.of(
          "Change set "
              + set.id()
              + " belongs to run "
              + set.runId()
              + "; plan and apply in the same process.");
    }
    if (set.simulated() != (call.run().mode() == RunMode.SIMULATED)) {
      return Optional.of("Change set " + set.id() + " was planned in another mode.");
    }
    return switch (set.state()) {
      case SUPERSEDED ->
          Optional.of(
              "Change set " + set.id() + " was edited; apply the one that stands in its place.");
      case REJECTED ->
          Optional.of(
              "Change set "
                  + set.id()
                  + " was rejected. Let the diagram lead rejections around this step.");
      default -> Optional.empty();
    };
  }

  /** A connection that is paused now; only between changes could one be met later. */
  private static Optional<JobOutcome> waitFor(StepCall call, StoredChangeSet set) {
    return call.paused(set.connections().values())
        .map(why -> new JobOutcome.Later(UNTIL_RESUMED, why));
  }

  private static boolean asksNobody(StepCall call) {
    return "none".equals(call.job().customHeaders().get(WITHOUT_APPROVAL));
  }

  private JobOutcome apply(StepCall call, StoredChangeSet set) {
    if (set.state() == ChangeSetState.APPROVED || set.state() == ChangeSetState.PLANNED) {
      sets.setState(database.jooq(), set.id(), ChangeSetState.APPLYING);
    }
    ApplyVerdict verdict =
        applier.apply((StepBinding.Changing) call.binding(), set, call::invocation);
    return switch (verdict) {
      case ApplyVerdict.Done done -> new JobOutcome.Completed(done.output());
      case ApplyVerdict.Stale stale -> new JobOutcome.BusinessError(STALE, stale.message());
      case ApplyVerdict.InDoubt doubt -> new JobOutcome.Incident(doubt.message(), true);
      case ApplyVerdict.Wait wait -> new JobOutcome.Later(wait.after(), wait.message());
      case ApplyVerdict.Failed failed -> JobOutcome.ofHarmless(failed.failure());
    };
  }

  private JobOutcome rehearse(StepCall call, StoredChangeSet set) {
    List<ChangeResult> results =
        sets.content(database.jooq(), set).changes().stream()
            .map(change -> new ChangeResult(change, new ChangeOutcome.Applied("simulated")))
            .toList();
    StepResult<ObjectNode> output =
        invoker.result((StepBinding.Changing) call.binding(), results, call.invocation());
    return switch (output) {
      case StepResult.Completed<ObjectNode> done -> new JobOutcome.Completed(done.value());
      case StepResult.Failed<ObjectNode> failed -> JobOutcome.ofHarmless(failed.failure());
    };
  }
}
