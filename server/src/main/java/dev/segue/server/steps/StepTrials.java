package dev.segue.server.steps;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.Interruption;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.Planned;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.runtime.version.VersionRange;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeResult;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginLease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs single steps in simulated mode for people who want to see what they do: the same way as a
 * job, but without a run, a journal or an effect. Thread-safe; each call blocks.
 */
public final class StepTrials {

  /** How long a trial waits for a place among the jobs of its plugin. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a step may take to end after it was interrupted. */
  private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

  private final PluginHost plugins;
  private final Bulkheads bulkheads;
  private final StepThreads threads;
  private final StepInvoker invoker;
  private final StepContexts contexts;
  private final Set<Cancellation> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  StepTrials(
      PluginHost plugins,
      Bulkheads bulkheads,
      StepThreads threads,
      StepInvoker invoker,
      StepContexts contexts) {
    this.plugins = plugins;
    this.bulkheads = bulkheads;
    this.threads = threads;
    this.invoker = invoker;
    this.contexts = contexts;
  }

  /** The step can't be tried now. */
  static final class BusyException extends Exception {

    private static final long serialVersionUID = 1L;

    BusyException(String message) {
      super(message);
    }
  }

  /**
   * Tries a step.
   *
   * @return empty if no loaded plugin serves the type, or not in that version
   * @throws BusyException if the plugin has no place free within ten seconds, or the server stops
   */
  Optional<TrialResult> run(Trial trial) throws BusyException, InterruptedException {
    Cancellation cancellation = new Cancellation();
    running.add(cancellation);
    try {
      if (closed) {
        throw new BusyException("The server stops.");
      }
      Optional<PluginLease> lease = lease(trial);
      return lease.isEmpty()
          ? Optional.empty()
          : Optional.of(admit(trial, lease.get(), cancellation));
    } finally {
      running.remove(cancellation);
    }
  }

  private Optional<PluginLease> lease(Trial trial) {
    String version = trial.pluginVersion();
    try {
      return plugins.lease(trial.stepType(), version == null ? null : VersionRange.parse(version));
    } catch (IllegalArgumentException e) {
      // What is no version isn't installed.
      return Optional.empty();
    }
  }

  private TrialResult admit(Trial trial, PluginLease lease, Cancellation cancellation)
      throws BusyException, InterruptedException {
    boolean begun = false;
    try {
      Bulkheads.Place place =
          bulkheads
              .enterWithin(lease.plugin().id(), PATIENCE)
              .orElseThrow(
                  () ->
                      new BusyException(
                          "The plugin %s is at work at all its places; try again later."
                              .formatted(lease.plugin().id())));
      begun = true;
      return apart(trial, lease, place, cancellation);
    } finally {
      if (!begun) {
        lease.close();
      }
    }
  }

  /**
   * On a thread of its own, so that a step that can't be stopped doesn't hold its caller. Its place
   * and its lease it does hold, until it ends.
   */
  private TrialResult apart(
      Trial trial, PluginLease lease, Bulkheads.Place place, Cancellation cancellation)
      throws InterruptedException {
    TrialLog log = new TrialLog(InstantSource.system());
    StepDescriptor step = lease.descriptor();
    String version = lease.pluginVersion();
    Duration limit = shorter(trial.limit(), step.policy().timeout());
    FutureTask<TrialResult> task =
        new FutureTask<>(
            () -> {
              try (lease;
                  place) {
                return inPlace(trial, limit, lease, cancellation, log);
              }
            });
    Thread.ofVirtual().name("segue-trial").start(task);
    Duration longest = limit.plus(AFTER_INTERRUPT);
    try {
      return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      cancellation.cancel(Interruption.CANCELLED);
      return new TrialResult(
          step.kind(),
          version,
          null,
          null,
          new StepFailure.TimedOut(limit),
          List.of(),
          log,
          longest);
    } catch (InterruptedException e) {
      cancellation.cancel(Interruption.CANCELLED);
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("could not try " + trial.stepType(), e.getCause());
    }
  }

  private TrialResult inPlace(
      Trial trial, Duration limit, PluginLease lease, Cancellation cancellation, TrialLog log)
      throws InterruptedException {
    Invocation how = contexts.trial(lease.plugin(), limit, trial.site(), cancellation, log);
    List<String> known = lease.binding().input().fields();
    ObjectNode given = trial.wholeInput();
    ObjectNode input = JsonMapper.shared().createObjectNode();
    known.stream().filter(given::has).forEach(field -> input.set(field, given.get(field)));
    List<String> ignored =
        given.propertyNames().stream().filter(field -> !known.contains(field)).toList();
    contexts.warmUp(lease.descriptor(), input);
    Ran ran = threads.call(lease.descriptor().policy().load(), () -> call(lease, input, how));
    return new TrialResult(
        lease.descriptor().kind(),
        lease.pluginVersion(),
        ran.planned(),
        ran.answer() instanceof StepResult.Completed<ObjectNode> done
            ? log.masked(done.value())
            : null,
        ran.answer() instanceof StepResult.Failed<ObjectNode> failed ? failed.failure() : null,
        ignored,
        log,
        ran.took());
  }

  /** What the plugin's code gave; plan alone gives no answer. */
  private record Ran(
      @Nullable Planned planned, @Nullable StepResult<ObjectNode> answer, Duration took) {}

  private Ran call(PluginLease lease, ObjectNode input, Invocation how) {
    return switch (lease.binding()) {
      case StepBinding.Plain step -> {
        StepResult<ObjectNode> answer = invoker.run(step, input, how);
        yield new Ran(null, answer, answer.took());
      }
      case StepBinding.Changing step ->
          switch (invoker.plan(step, input, how)) {
            case StepResult.Failed<Planned>(StepFailure failure, Duration took) ->
                new Ran(null, new StepResult.Failed<>(failure, took), took);
            case StepResult.Completed<Planned>(Planned planned, Duration took) ->
                lease.descriptor().kind() == StepKind.APPLY
                    ? rehearse(step, planned, took, how)
                    : new Ran(planned, null, took);
          };
    };
  }

  /** Goes as far as in a simulated run: says what apply would answer had all been applied. */
  private Ran rehearse(
      StepBinding.Changing step, Planned planned, Duration planning, Invocation how) {
    List<ChangeResult> outcomes =
        planned.changes().changes().stream()
            .map(change -> new ChangeResult(change, new ChangeOutcome.Applied("simulated")))
            .toList();
    StepResult<ObjectNode> answer = invoker.result(step, outcomes, how);
    return new Ran(planned, answer, planning.plus(answer.took()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Begins no more trials, and interrupts those that run. */
  void close() {
    closed = true;
    running.forEach(cancellation -> cancellation.cancel(Interruption.SHUTDOWN));
  }
}
