package dev.segue.runtime.call;

import dev.segue.sdk.RetryLater;
import dev.segue.sdk.StepError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls a plugin's code on the caller's thread.
 *
 * <p>Sets the context class loader and restores it, interrupts the thread when the time is up (and
 * each second from then on, for code that swallows interrupts) or when the call is cancelled, and
 * turns whatever is thrown into a {@link StepFailure}. A call that returns a result in spite of an
 * interrupt has succeeded. When a call is over its thread's interrupt flag is clear. Thread-safe.
 */
public final class PluginCalls implements AutoCloseable {

  private static final int MOST_TRACE = 16_000;

  private final ScheduledThreadPoolExecutor timer;

  /** Starts the thread that watches the deadlines. */
  public PluginCalls() {
    timer =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("segue-step-deadlines").unstarted(task));
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * Calls a plugin's code, without secrets and without a way to cancel.
   *
   * @param loader the plugin's class loader
   * @param limit how long the call may take before it is interrupted
   * @param body what to call
   * @param <T> the type of the result
   * @return the result or the failure
   */
  public <T> StepResult<T> call(ClassLoader loader, Duration limit, Callable<T> body) {
    return call(loader, limit, new Cancellation(), new SecretMask(), body);
  }

  /**
   * Calls a plugin's code.
   *
   * @param loader the plugin's class loader
   * @param limit how long the call may take before it is interrupted
   * @param cancellation ends the call from another thread
   * @param mask hides secrets from the failure's texts
   * @param body what to call
   * @param <T> the type of the result
   * @return the result or the failure
   */
  public <T> StepResult<T> call(
      ClassLoader loader,
      Duration limit,
      Cancellation cancellation,
      SecretMask mask,
      Callable<T> body) {
    long start = System.nanoTime();
    Interrupter interrupter = new Interrupter();
    Interruption refused = cancellation.attach(interrupter);
    if (refused != null) {
      return new StepResult.Failed<>(new StepFailure.Interrupted(refused), Duration.ZERO);
    }
    Future<?> alarm =
        timer.scheduleAtFixedRate(
            () -> interrupter.interrupt(Interruption.DEADLINE),
            limit.toNanos(),
            TimeUnit.SECONDS.toNanos(1),
            TimeUnit.NANOSECONDS);
    T value = null;
    Throwable thrown = null;
    Interruption interruption;
    try {
      value = inside(loader, body);
    } catch (Throwable e) {
      thrown = e;
    } finally {
      interruption = interrupter.end();
      cancellation.detach();
      alarm.cancel(false);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (thrown == null && value != null) {
      return new StepResult.Completed<>(value, took);
    }
    StepFailure failure =
        thrown == null
            ? new StepFailure.Fault("null", "The plugin returned null.", "")
            : classify(thrown, interruption, limit, mask);
    return new StepResult.Failed<>(failure, took);
  }

  /** The only place where the context class loader changes. */
  private static <T> @Nullable T inside(ClassLoader loader, Callable<T> body) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return body.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static StepFailure classify(
      Throwable thrown, @Nullable Interruption interruption, Duration limit, SecretMask mask) {
    if (thrown instanceof RefusedException refused) {
      return refused.failure();
    }
    if (interruption == Interruption.DEADLINE) {
      return new StepFailure.TimedOut(limit);
    }
    if (interruption == Interruption.CANCELLED || interruption == Interruption.SHUTDOWN) {
      return new StepFailure.Interrupted(interruption);
    }
    return switch (thrown) {
      case StepError error -> new StepFailure.BusinessError(error.code(), message(error, mask));
      case RetryLater retry -> new StepFailure.Retry(retry.after(), message(retry, mask));
      case InterruptedException e -> new StepFailure.Interrupted(Interruption.UNKNOWN);
      default -> fault(thrown, mask);
    };
  }

  private static StepFailure.Fault fault(Throwable thrown, SecretMask mask) {
    String type = thrown.getClass().getName();
    String message = message(thrown, mask);
    return new StepFailure.Fault(
        type, message.isEmpty() ? type : type + ": " + message, trace(thrown, mask));
  }

  /** What a plugin throws is a plugin's code, too: it may fail to say what it is. */
  private static String message(Throwable thrown, SecretMask mask) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : mask.mask(message);
    } catch (RuntimeException e) {
      return "";
    }
  }

  private static String trace(Throwable thrown, SecretMask mask) {
    try {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      String trace = mask.mask(text.toString());
      return trace.substring(0, Math.min(trace.length(), MOST_TRACE));
    } catch (RuntimeException e) {
      return "";
    }
  }

  /** Stops watching deadlines; calls that still run are no longer interrupted. */
  @Override
  public void close() {
    timer.shutdownNow();
  }
}
