package dev.segue.server.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.MDC;

/** Leaves the event loop for what blocks, and comes back with the result. */
final class Offload {

  private final Vertx vertx;
  private final ExecutorService executor;
  private final Replies replies;

  Offload(Vertx vertx, ExecutorService executor, Replies replies) {
    this.vertx = vertx;
    this.executor = executor;
    this.replies = replies;
  }

  /**
   * Runs {@code work} on a virtual thread and {@code then} on the event loop. If {@code work}
   * fails, the call is answered with its problem instead.
   */
  <T> void call(RoutingContext call, Callable<T> work, Consumer<T> then) {
    Context loop = vertx.getOrCreateContext();
    try {
      executor.execute(() -> run(call, work, then, loop));
    } catch (RejectedExecutionException e) {
      replies.problem(call, ApiException.unavailable("This server is shutting down."));
    }
  }

  private <T> void run(RoutingContext call, Callable<T> work, Consumer<T> then, Context loop) {
    MDC.put("request", Replies.requestId(call));
    try {
      T result = work.call();
      loop.runOnContext(ignored -> then.accept(result));
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      ApiException problem = replies.explain(call, e);
      loop.runOnContext(ignored -> replies.problem(call, problem));
    } finally {
      MDC.clear();
    }
  }
}
