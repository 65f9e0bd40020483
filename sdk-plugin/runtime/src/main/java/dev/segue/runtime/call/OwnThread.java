package dev.segue.runtime.call;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One call on a thread of its own, which ends with the call: so no thread local of a plugin stays
 * behind, and a call that heeds no interrupt can be given up.
 *
 * @param <T> the type of the result
 */
final class OwnThread<T> {

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final CallName name;
  private final Callable<T> body;
  private final Function<Throwable, Thrown> classify;
  private final Consumer<OwnThread<?>> ended;
  private final ScheduledExecutorService timer;
  private final Duration patience;
  private final Thread thread;
  private final Interrupter interrupter;
  private final CountDownLatch settled = new CountDownLatch(1);
  private final @Nullable Map<String, String> log = MDC.getCopyOfContextMap();
  private final long startNanos = System.nanoTime();
  private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
  private @Nullable T value;
  private @Nullable Thrown thrown;
  private volatile long interruptedNanos;
  private volatile long abandonedNanos;
  private volatile @Nullable Future<?> repeating;

  private enum State {
    RUNNING,
    ENDED,
    ABANDONED
  }

  /**
   * Prepares a call.
   *
   * @param classify turns what the plugin throws into a failure, on the call's thread
   * @param ended called on the call's thread when it has ended, abandoned or not
   * @param patience how long after the first interrupt the call is given up
   */
  OwnThread(
      CallName name,
      Thread.Builder threads,
      ClassLoader loader,
      Callable<T> body,
      Function<Throwable, Thrown> classify,
      Consumer<OwnThread<?>> ended,
      ScheduledExecutorService timer,
      Duration patience) {
    this.name = name;
    this.body = body;
    this.classify = classify;
    this.ended = ended;
    this.timer = timer;
    this.patience = patience;
    this.thread =
        threads.name(name.toString()).inheritInheritableThreadLocals(false).unstarted(this::run);
    this.thread.setContextClassLoader(loader);
    this.interrupter = new Interrupter(thread, this::repeat);
  }

  Interrupter interrupter() {
    return interrupter;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      if (log != null) {
        MDC.setContextMap(log);
      }
      value = body.call();
    } catch (Throwable e) {
      thrown = classify.apply(e);
    } finally {
      interrupter.end();
      state.compareAndSet(State.RUNNING, State.ENDED);
      settled.countDown();
      Future<?> repetition = repeating;
      if (repetition != null) {
        repetition.cancel(false);
      }
      ended.accept(this);
    }
  }

  private void repeat() {
    interruptedNanos = System.nanoTime();
    try {
      repeating =
          timer.scheduleAtFixedRate(
              this::again, AGAIN.toNanos(), AGAIN.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException stopping) {
      // The process ends, and with it the call.
    }
  }

  private void again() {
    interrupter.again();
    long now = System.nanoTime();
    if (now - interruptedNanos >= patience.toNanos() && state.get() == State.RUNNING) {
      abandonedNanos = now;
      if (state.compareAndSet(State.RUNNING, State.ABANDONED)) {
        settled.countDown();
      }
    }
  }

  /**
   * Waits until the call has ended or is given up. An interrupt of the waiting thread goes to the
   * call; the waiting thread's flag is clear afterwards.
   */
  void await() {
    boolean over = false;
    while (!over) {
      try {
        settled.await();
        if (!isAbandoned()) {
          thread.join();
        }
        over = true;
      } catch (InterruptedException e) {
        interrupter.interrupt(Interruption.UNKNOWN);
      }
    }
  }

  boolean isAbandoned() {
    return state.get() == State.ABANDONED;
  }

  /** What the body returned; null unless the call has ended well. */
  @Nullable T value() {
    return isAbandoned() ? null : value;
  }

  /** What the body threw; null if it threw nothing, or is given up. */
  @Nullable Thrown thrown() {
    return isAbandoned() ? null : thrown;
  }

  RunningCall snapshot() {
    long now = System.nanoTime();
    return new RunningCall(
        name,
        thread,
        Duration.ofNanos(now - startNanos),
        isAbandoned() ? Duration.ofNanos(now - abandonedNanos) : null);
  }
}
