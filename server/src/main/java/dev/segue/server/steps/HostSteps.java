package dev.segue.server.steps;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.Interruption;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.sdk.InDoubt;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginLease;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs steps on the server's own errands, with the journal: what was begun under a key is never
 * begun again unless it is certain that nothing happened. Thread-safe; each call blocks.
 */
public final class HostSteps {

  private static final Duration SOON = Duration.ofSeconds(5);

  /** The field of a journalled result that says that the step refused. */
  private static final String REFUSAL = "segueRefusal";

  private final PluginHost plugins;
  private final Bulkheads bulkheads;
  private final StepInvoker invoker;
  private final StepContexts contexts;
  private final StepJournal journal;
  private final ActiveJobs active;
  private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  HostSteps(
      PluginHost plugins,
      Bulkheads bulkheads,
      StepInvoker invoker,
      StepContexts contexts,
      StepJournal journal,
      ActiveJobs active) {
    this.plugins = plugins;
    this.bulkheads = bulkheads;
    this.invoker = invoker;
    this.contexts = contexts;
    this.journal = journal;
    this.active = active;
  }

  /**
   * Does an errand, unless it was done before.
   *
   * @throws InterruptedException if the server stops; nothing has happened then
   */
  public ErrandOutcome run(Errand errand) throws InterruptedException {
    Cancellation cancellation = new Cancellation();
    running.add(cancellation);
    try {
      if (closed) {
        return new ErrandOutcome.Later(Duration.ZERO, "The server stops.");
      }
      Optional<PluginLease> found = plugins.lease(errand.stepType(), null);
      if (found.isEmpty()) {
        return new ErrandOutcome.Later(
            SOON, "No plugin serves " + errand.stepType() + "; install or enable it.");
      }
      try (PluginLease lease = found.get();
          Bulkheads.Place place = bulkheads.enter(lease.plugin().id())) {
        return begin(errand, lease, cancellation);
      }
    } catch (JournalAwayException e) {
      return new ErrandOutcome.Later(SOON, String.valueOf(e.getMessage()));
    } finally {
      running.remove(cancellation);
    }
  }

  /**
   * Calls a step's code, within its plugin's bulkhead. Unlike {@link #run} it keeps no journal:
   * that is the work's own affair.
   *
   * @param stepType whose code is called
   * @param run whose context the code gets
   * @param work gets the step, its version, and what makes the invocation for an effect's key
   * @return what the work gave; empty if no plugin serves the step type now, or the server stops
   * @throws InterruptedException if the server stops before the work has begun
   */
  public <T> Optional<T> with(String stepType, RunContext run, Work<T> work)
      throws InterruptedException {
    Cancellation cancellation = new Cancellation();
    running.add(cancellation);
    try {
      Optional<PluginLease> found = closed ? Optional.empty() : plugins.lease(stepType, null);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      try (PluginLease lease = found.get();
          Bulkheads.Place place = bulkheads.enter(lease.plugin().id())) {
        return Optional.of(
            work.run(
                lease.binding(),
                lease.pluginVersion(),
                key ->
                    contexts.invocation(
                        run, "", key, lease.plugin(), lease.descriptor(), cancellation)));
      }
    } finally {
      running.remove(cancellation);
    }
  }

  /** What is done with a step's code. */
  @FunctionalInterface
  public interface Work<T> {

    /**
     * Does it, on the caller's thread.
     *
     * @param step not to be kept
     * @param pluginVersion the version that serves it
     * @param how makes the invocation for an effect's key
     */
    T run(StepBinding step, String pluginVersion, Function<String, Invocation> how);
  }

  private ErrandOutcome begin(Errand errand, PluginLease lease, Cancellation cancellation)
      throws JournalAwayException, InterruptedException {
    if (!(lease.binding() instanceof StepBinding.Plain step)) {
      return new ErrandOutcome.Refused(
          errand.stepType() + " plans or applies changes; name a step that runs as a whole.");
    }
    Optional<String> paused = contexts.warmUp(lease.descriptor(), errand.input());
    if (paused.isPresent()) {
      return new ErrandOutcome.Later(SOON, paused.get());
    }
    // Whatever the step allows: to tell somebody twice is worse than to leave it to an alarm.
    return switch (journal.begin(entry(errand, lease), InDoubt.ASK)) {
      case EffectState.Begun begun -> runBegun(step, errand, lease, begun.attempt(), cancellation);
      case EffectState.Done done -> recorded(done.result());
      case EffectState.Elsewhere elsewhere ->
          new ErrandOutcome.Later(elsewhere.left(), "Another attempt is still running.");
      case EffectState.Doubtful doubtful -> new ErrandOutcome.InDoubt(doubtful.detail());
    };
  }

  private ErrandOutcome runBegun(
      StepBinding.Plain step,
      Errand errand,
      PluginLease lease,
      int attempt,
      Cancellation cancellation)
      throws JournalAwayException {
    String key = errand.key();
    active.keepLease(key);
    try {
      StepResult<ObjectNode> result =
          invoker.run(
              step,
              errand.input(),
              contexts.invocation(errand, lease.plugin(), lease.descriptor(), cancellation));
      return switch (result) {
        case StepResult.Completed<ObjectNode> done -> {
          journal.done(key, attempt, done.value());
          yield new ErrandOutcome.Done();
        }
        case StepResult.Failed<ObjectNode> failed -> failed(key, attempt, failed.failure());
      };
    } finally {
      active.releaseLease(key);
    }
  }

  private ErrandOutcome failed(String key, int attempt, StepFailure failure)
      throws JournalAwayException {
    return switch (failure) {
      case StepFailure.Retry retry -> nothingHappened(key, attempt, retry.after(), retry);
      case StepFailure.InvalidInput input -> nothingHappened(key, attempt, Duration.ZERO, input);
      case StepFailure.BusinessError error -> {
        // Kept as its result: the step may have done something before it said so.
        ObjectNode result = JsonMapper.shared().createObjectNode();
        journal.done(key, attempt, result.put(REFUSAL, error.message()));
        yield new ErrandOutcome.Refused(error.message());
      }
      case StepFailure.TimedOut timedOut -> inDoubt(key, attempt, timedOut);
      case StepFailure.Interrupted interrupted -> inDoubt(key, attempt, interrupted);
      case StepFailure.InvalidOutput output -> inDoubt(key, attempt, output);
      case StepFailure.Fault fault -> inDoubt(key, attempt, fault);
    };
  }

  private ErrandOutcome nothingHappened(
      String key, int attempt, Duration after, StepFailure failure) {
    journal.nothingHappened(key, attempt, failure.message());
    return new ErrandOutcome.Later(after, failure.message());
  }

  private ErrandOutcome inDoubt(String key, int attempt, StepFailure failure) {
    journal.inDoubt(key, attempt, failure.message());
    return new ErrandOutcome.InDoubt(failure.message());
  }

  private static ErrandOutcome recorded(Optional<ObjectNode> result) {
    return result
        .map(known -> known.path(REFUSAL).asString(""))
        .filter(refusal -> !refusal.isEmpty())
        .<ErrandOutcome>map(ErrandOutcome.Refused::new)
        .orElseGet(ErrandOutcome.Done::new);
  }

  private static EffectEntry entry(Errand errand, PluginLease lease) {
    return new EffectEntry(
        errand.key(),
        errand.run().processInstanceKey(),
        errand.elementInstanceKey(),
        errand.elementId(),
        0,
        errand.stepType(),
        lease.pluginVersion());
  }

  /** Begins no more errands. */
  void close() {
    closed = true;
  }

  /** Whether an errand is on its way. */
  boolean isBusy() {
    return !running.isEmpty();
  }

  void interrupt() {
    running.forEach(cancellation -> cancellation.cancel(Interruption.SHUTDOWN));
  }
}
