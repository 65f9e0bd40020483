package dev.segue.runtime.call;

import dev.segue.sdk.Load;
import dev.segue.sdk.RetryLater;
import dev.segue.sdk.StepError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Calls a plugin's code, each call on a thread of its own, while the caller waits: a virtual
 * thread, or a platform thread for what computes. So nothing of a plugin stays on a thread of the
 * host.
 *
 * <p>Sets the context class loader, hands on the MDC, interrupts the thread when the time is up or
 * when the call is cancelled (and each second from then on, for code that swallows interrupts), and
 * turns whatever is thrown into a {@link StepFailure}. A call that returns a result in spite of an
 * interrupt has succeeded. A call that heeds no interrupt is given up after a while: its caller
 * goes on with a failure, and the call is listed as {@link #running} until it ends. The waiting
 * thread's interrupt goes to the call; its flag is clear when the call is over. Thread-safe.
 */
public final class PluginCalls implements AutoCloseable {

  /** How long a call that was interrupted may go on before nobody waits for it any more. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int MOST_TRACE = 16_000;

  private final Duration patience;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<OwnThread<?>> running = ConcurrentHashMap.newKeySet();
  private final List<CallListener> listeners = new CopyOnWriteArrayList<>();

  /** Starts the thread that watches the deadlines. */
  public PluginCalls() {
    this(PATIENCE);
  }

  /**
   * Starts the thread that watches the deadlines.
   *
   * @param patience how long a call may go on after its first interrupt before it is given up
   */
  public PluginCalls(Duration patience) {
    this.patience = patience;
    timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("segue-step-deadlines").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Adds somebody who hears how calls end.
   *
   * @param listener hears of every call from now on
   */
  public void listen(CallListener listener) {
    listeners.add(listener);
  }

  /**
   * Lists the calls that have not ended, those included that were given up.
   *
   * @return a snapshot in no order
   */
  public List<RunningCall> running() {
    return running.stream().<RunningCall>map(OwnThread::snapshot).toList();
  }

  /**
   * Calls a plugin's code, without secrets and without a way to cancel.
   *
   * @param loader the plugin's class loader
   * @param purpose what is called, for those who look at its thread
   * @param limit how long the call may take before it is interrupted
   * @param body what to call
   * @param <T> the type of the result
   * @return the result or the failure
   */
  public <T> StepResult<T> call(
      ClassLoader loader, String purpose, Duration limit, Callable<T> body) {
    return call(loader, purpose, Load.IO, limit, new Cancellation(), new SecretMask(), body);
  }

  /**
   * Calls a plugin's code.
   *
   * @param loader the plugin's class loader
   * @param purpose what is called, for those who look at its thread
   * @param load whether the call computes, and so needs a platform thread
   * @param limit how long the call may take before it is interrupted
   * @param cancellation ends the call from another thread
   * @param mask hides secrets from the failure's texts
   * @param body what to call
   * @param <T> the type of the result
   * @return the result or the failure
   */
  public <T> StepResult<T> call(
      ClassLoader loader,
      String purpose,
      Load load,
      Duration limit,
      Cancellation cancellation,
      SecretMask mask,
      Callable<T> body) {
    CallName name = CallName.of(loader, purpose);
    long start = System.nanoTime();
    OwnThread<T> call =
        new OwnThread<>(
            name,
            load == Load.CPU ? Thread.ofPlatform().daemon() : Thread.ofVirtual(),
            loader,
            body,
            thrown -> classify(thrown, mask),
            running::remove,
            timer,
            patience);
    Interruption refused = cancellation.attach(call.interrupter());
    if (refused != null) {
      return new StepResult.Failed<>(new StepFailure.Interrupted(refused), Duration.ZERO);
    }
    StepResult<T> result = attempt(call, name, limit, start, cancellation);
    listeners.forEach(listener -> listener.ended(name, result));
    return result;
  }

  private <T> StepResult<T> attempt(
      OwnThread<T> call, CallName name, Duration limit, long start, Cancellation cancellation) {
    Future<?> alarm =
        timer.schedule(
            () -> call.interrupter().interrupt(Interruption.DEADLINE),
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    running.add(call);
    try {
      call.start();
      call.await();
    } catch (OutOfMemoryError noThread) {
      running.remove(call);
      return new StepResult.Failed<>(classify(noThread, new SecretMask()).failure(), Duration.ZERO);
    } finally {
      cancellation.detach();
      alarm.cancel(false);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (call.isAbandoned()) {
      listeners.forEach(listener -> listener.abandoned(name));
    }
    T value = call.value();
    return value == null
        ? new StepResult.Failed<>(failure(call, limit), took)
        : new StepResult.Completed<>(value, took);
  }

  private static StepFailure failure(OwnThread<?> call, Duration limit) {
    Thrown own = call.thrown();
    if (own == null && !call.isAbandoned()) {
      return new StepFailure.Fault("null", "The plugin returned null.", "");
    }
    if (own != null && own.refused()) {
      return own.failure();
    }
    Interruption why = call.interrupter().reason();
    if (why == Interruption.DEADLINE) {
      return new StepFailure.TimedOut(limit, call.isAbandoned());
    }
    if (why == Interruption.CANCELLED || why == Interruption.SHUTDOWN) {
      return new StepFailure.Interrupted(why);
    }
    return own == null ? new StepFailure.Interrupted(Interruption.UNKNOWN) : own.failure();
  }

  private static Thrown classify(Throwable thrown, SecretMask mask) {
    return switch (thrown) {
      case RefusedException refused -> new Thrown(refused.failure(), true);
      case StepError error ->
          own(new StepFailure.BusinessError(error.code(), message(error, mask)));
      case RetryLater retry -> own(new StepFailure.Retry(retry.after(), message(retry, mask)));
      case InterruptedException e -> own(new StepFailure.Interrupted(Interruption.UNKNOWN));
      default -> own(fault(thrown, mask));
    };
  }

  private static Thrown own(StepFailure failure) {
    return new Thrown(failure, false);
  }

  private static StepFailure.Fault fault(Throwable thrown, SecretMask mask) {
    String type = thrown.getClass().getName();
    String message = message(thrown, mask);
    return new StepFailure.Fault(
        type,
        message.isEmpty() ? type : type + ": " + message,
        trace(thrown, mask),
        thrown instanceof Error);
  }

  /** What a plugin throws is a plugin's code, too: it may fail to say what it is. */
  private static String message(Throwable thrown, SecretMask mask) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : mask.mask(message);
    } catch (RuntimeException | Error e) {
      return "";
    }
  }

  private static String trace(Throwable thrown, SecretMask mask) {
    try {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      String trace = mask.mask(text.toString());
      return trace.substring(0, Math.min(trace.length(), MOST_TRACE));
    } catch (RuntimeException | Error e) {
      return "";
    }
  }

  /** Stops watching deadlines; calls that still run are no longer interrupted. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
