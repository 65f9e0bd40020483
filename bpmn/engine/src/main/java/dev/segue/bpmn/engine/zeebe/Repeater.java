package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.EngineException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Sends commands, and repeats them with jitter while the engine is away or pushes back. What may
 * have run already is repeated only if the command allows it.
 */
final class Repeater implements AutoCloseable {

  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;

  private final Duration attemptLimit;
  private final Duration deadline;

  /** With less time than this, an attempt would be cut short and leave open whether it ran. */
  private final long shortestAttemptNanos;

  private final ScheduledThreadPoolExecutor pauses;

  Repeater(Duration attemptLimit, Duration deadline) {
    this.attemptLimit = attemptLimit;
    this.deadline = deadline;
    this.shortestAttemptNanos =
        Math.min(deadline.dividedBy(4).toNanos(), TimeUnit.MILLISECONDS.toNanos(500));
    this.pauses =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("segue-engine-repeat").factory());
    pauses.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    pauses.setRemoveOnCancelPolicy(true);
  }

  /** Sends and waits; see {@link #sendAsync}. */
  <T> T send(Command<T> command) {
    CompletableFuture<T> answer = sendAsync(command);
    try {
      return answer.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EngineException(
          Kind.UNAVAILABLE,
          "could not %s: interrupted while waiting for the engine's answer"
              .formatted(command.what()),
          true,
          interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof EngineException known) {
        known.addSuppressed(new CallSite());
        throw known;
      }
      throw new EngineException(
          Kind.INTERNAL, "could not " + command.what(), true, failed.getCause());
    }
  }

  /** The answer, or an {@link EngineException} no later than the deadline. */
  <T> CompletableFuture<T> sendAsync(Command<T> command) {
    Sending<T> sending = new Sending<>(command, System.nanoTime() + deadline.toNanos());
    sending.attempt();
    return sending.answer;
  }

  @Override
  public void close() {
    pauses.shutdownNow();
  }

  /** Shows where a blocking command came from, since its failure was made on another thread. */
  private static final class CallSite extends Exception {
    private static final long serialVersionUID = 1L;

    CallSite() {
      super("the command was sent here");
    }
  }

  private final class Sending<T> {
    private final Command<T> command;
    private final long endNanos;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private int attempts;
    private boolean mayHaveRun;

    Sending(Command<T> command, long endNanos) {
      this.command = command;
      this.endNanos = endNanos;
    }

    void attempt() {
      attempts++;
      Duration left = Duration.ofNanos(Math.max(endNanos - System.nanoTime(), 1_000_000));
      try {
        command
            .send(left.compareTo(attemptLimit) < 0 ? left : attemptLimit)
            .whenComplete(
                (value, failure) -> {
                  if (failure == null) {
                    answer.complete(value);
                  } else {
                    failed(command.translate(unwrap(failure)));
                  }
                });
      } catch (RuntimeException refusedBySender) {
        failed(command.translate(refusedBySender));
      }
    }

    private void failed(EngineException failure) {
      boolean again =
          failure.kind() == Kind.UNAVAILABLE && (!failure.uncertain() || command.repeatable());
      mayHaveRun |= failure.uncertain();
      long pause = pauseMillis();
      boolean inTime =
          System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) + shortestAttemptNanos
              < endNanos;
      if (again && inTime) {
        try {
          // Not on the timer's thread: to send may block, for a token or the gateway's version.
          pauses.schedule(
              () -> Thread.ofVirtual().start(this::attempt), pause, TimeUnit.MILLISECONDS);
          return;
        } catch (RejectedExecutionException closed) {
          failure.addSuppressed(closed);
        }
      }
      answer.completeExceptionally(mayHaveRun ? asUncertain(failure) : failure);
    }

    private long pauseMillis() {
      long ceiling =
          Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempts - 1, 10));
      return ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
    }
  }

  private static EngineException asUncertain(EngineException failure) {
    boolean says =
        switch (failure.kind()) {
          case UNAVAILABLE, NOT_FOUND, CONFLICT -> true;
          case INVALID, TOO_LARGE, DENIED, INTERNAL -> false;
        };
    if (!says || failure.uncertain()) {
      return failure;
    }
    return new EngineException(
        failure.kind(),
        failure.getMessage() + " (an earlier attempt lost its answer and may have run)",
        true,
        failure);
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
