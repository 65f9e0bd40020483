package dev.segue.server.bench;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.FailCommand;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between the engine and the dispatcher, and takes the times of completed jobs. */
final class Completions {

  private final int retries;
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger putBack = new AtomicInteger();
  private long[] at = new long[1 << 16];
  private int size;

  /**
   * Begins to watch.
   *
   * @param retries of each job; one that comes back with as many was only put back
   */
  Completions(int retries) {
    this.retries = retries;
  }

  /** The same engine, watched. */
  Engine watching(Engine engine) {
    return (Engine)
        Proxy.newProxyInstance(
            Completions.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(engine, arguments);
                switch (method.getName()) {
                  case "completeAsync" ->
                      ((CompletionStage<?>) result).whenComplete(this::acknowledged);
                  case "failAsync", "fail" -> failed((FailCommand) arguments[1]);
                  case "throwError" -> failed.incrementAndGet();
                  default -> {}
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  private void failed(FailCommand command) {
    (command.retries() == retries ? putBack : failed).incrementAndGet();
  }

  private synchronized void acknowledged(Object done, Throwable failure) {
    if (failure != null) {
      failed.incrementAndGet();
      return;
    }
    if (size == at.length) {
      at = Arrays.copyOf(at, size * 2);
    }
    at[size++] = System.nanoTime();
  }

  /** Jobs that failed, by whatever. */
  int failed() {
    return failed.get();
  }

  /** Jobs that were put back with all their retries. */
  int putBack() {
    return putBack.get();
  }

  synchronized int completed() {
    return size;
  }

  /** The longest time between two completed jobs within a window, in nanoseconds. */
  synchronized long longestGap(long from, long to) {
    long[] inside = Arrays.stream(at, 0, size).filter(t -> t >= from && t <= to).sorted().toArray();
    long longest = 0;
    long before = from;
    for (long t : inside) {
      longest = Math.max(longest, t - before);
      before = t;
    }
    return Math.max(longest, to - before);
  }

  /** How many jobs were completed within a window. */
  synchronized long completed(long from, long to) {
    return Arrays.stream(at, 0, size).filter(t -> t >= from && t <= to).count();
  }
}
