package dev.segue.server.steps;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.InDoubt;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs steps that run as a whole. What could be noticed outside is journalled: begun before, and
 * its result after, so that a repeated delivery neither repeats nor loses it.
 */
final class StepRunner implements JobRunner {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final StepInvoker invoker;
  private final StepJournal journal;

  StepRunner(StepInvoker invoker, StepJournal journal) {
    this.invoker = invoker;
    this.journal = journal;
  }

  @Override
  public JobOutcome run(StepCall call) throws InterruptedException {
    StepBinding.Plain step = (StepBinding.Plain) call.binding();
    boolean effect = call.step().effect().isNoticeable() && !call.run().simulated();
    return effect ? runOnce(step, call) : runHarmless(step, call);
  }

  private JobOutcome runHarmless(StepBinding.Plain step, StepCall call) {
    return switch (invoker.run(step, call.input(), call.invocation())) {
      case StepResult.Completed<ObjectNode> done -> new JobOutcome.Completed(done.value());
      case StepResult.Failed<ObjectNode> failed -> JobOutcome.ofHarmless(failed.failure());
    };
  }

  private JobOutcome runOnce(StepBinding.Plain step, StepCall call) throws InterruptedException {
    EffectState state;
    try {
      state = journal.begin(EffectEntry.of(call), call.step().policy().inDoubt());
    } catch (JournalAwayException e) {
      return new JobOutcome.Later(LONGEST_WAIT, String.valueOf(e.getMessage()));
    }
    return switch (state) {
      case EffectState.Begun begun -> runBegun(step, call, begun.attempt());
      case EffectState.Done done ->
          new JobOutcome.Completed(
              done.result().orElseGet(() -> JsonMapper.shared().createObjectNode()));
      case EffectState.Elsewhere elsewhere ->
          new JobOutcome.Later(
              elsewhere.left().compareTo(LONGEST_WAIT) < 0 ? elsewhere.left() : LONGEST_WAIT,
              "Another attempt of this step is still running.");
      case EffectState.Doubtful doubtful -> ask(call, doubtful.detail(), false);
    };
  }

  private JobOutcome runBegun(StepBinding.Plain step, StepCall call, int attempt) {
    String key = call.idempotencyKey();
    if (call.active().isCancelled()) {
      journal.nothingHappened(key, attempt, "It was stopped before it began.");
      return new JobOutcome.Later(Duration.ZERO, "The step was stopped before it began.");
    }
    call.active().effectBegun(key);
    try {
      return switch (invoker.run(step, call.input(), call.invocation())) {
        case StepResult.Completed<ObjectNode> done -> {
          journal.done(key, attempt, done.value());
          yield new JobOutcome.Completed(done.value());
        }
        case StepResult.Failed<ObjectNode> failed -> failed(call, attempt, failed.failure());
      };
    } catch (JournalAwayException e) {
      return new JobOutcome.Gone("The server stops before the result could be recorded.");
    } finally {
      call.active().effectOver();
    }
  }

  /** A step that throws one of the SDK's exceptions says by it that nothing has happened. */
  private JobOutcome failed(StepCall call, int attempt, StepFailure failure) {
    boolean harmless =
        switch (failure) {
          case StepFailure.BusinessError error -> true;
          case StepFailure.Retry retry -> true;
          case StepFailure.InvalidInput input -> true;
          case StepFailure.TimedOut timedOut -> false;
          case StepFailure.Interrupted interrupted -> false;
          case StepFailure.InvalidOutput output -> false;
          case StepFailure.Fault fault -> false;
        };
    if (harmless) {
      journal.nothingHappened(call.idempotencyKey(), attempt, failure.message());
      return JobOutcome.ofHarmless(failure);
    }
    boolean mayRepeat = call.step().policy().inDoubt() == InDoubt.RETRY;
    if (mayRepeat || failure instanceof StepFailure.Interrupted) {
      // Whoever gets the job next finds that it was begun, and follows the step's policy.
      journal.uncertain(call.idempotencyKey(), attempt, failure.message());
      return JobOutcome.ofHarmless(failure);
    }
    journal.inDoubt(call.idempotencyKey(), attempt, failure.message());
    return ask(call, failure.message(), true);
  }

  private static JobOutcome ask(StepCall call, String detail, boolean failed) {
    return new JobOutcome.Incident(
        "Nobody knows whether the step '%s' happened. %s Look at the outside system, then resolve this incident with the action 'happened' or 'did-not-happen'."
            .formatted(call.step().title(), detail),
        failed);
  }
}
