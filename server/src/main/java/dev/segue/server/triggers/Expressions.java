package dev.segue.server.triggers;

import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.FeelException;
import dev.segue.server.http.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Evaluates the FEEL expressions that people wrote into triggers, each for a short while only. What
 * takes longer is left to itself, and not tried again for a time. It has threads only while there
 * is work, so needs no closing. Thread-safe.
 */
public final class Expressions {

  private static final Logger LOG = LoggerFactory.getLogger(Expressions.class);
  private static final String TOO_MANY_ROUNDS =
      "The event's lists are too long for the loops of this expression.";
  private static final List<String> NAMING =
      List.of("No context entry found", "No variable found", "No function found", TOO_MANY_ROUNDS);
  private static final int LONGEST = 2000;
  private static final int LONGEST_LOOP = 10_000;

  /** FEEL can't be interrupted, and keeps all that its loops give in memory. */
  private static final int MOST_ROUNDS = 1_000_000;

  private static final int THREADS = 4;
  private static final int MOST_THREADS = 16;
  private static final int MOST_WAITING = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_WAITS = 10;
  private static final Duration BARRED = Duration.ofMinutes(10);

  private final Feel feel;
  private final InstantSource clock;
  private final ThreadPoolExecutor threads;
  private final Map<Map<String, String>, Instant> barred = new ConcurrentHashMap<>();

  Expressions(Feel feel, InstantSource clock) {
    this.feel = feel;
    this.clock = clock;
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            // The carriers of virtual threads can't be spared for what may never end.
            Thread.ofPlatform().daemon().name("expressions-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** What an expression gave. */
  public sealed interface Outcome {

    /** A value; null is a null node. */
    record Value(JsonNode value) implements Outcome {}

    /**
     * It failed.
     *
     * @param message may hold values of the event
     * @param plain the same without them, for what is kept
     */
    record Failure(String message, String plain) implements Outcome {}
  }

  /** What is wrong with an expression as it was written; empty if nothing is. */
  public Optional<String> problem(String written) {
    if (written.length() > LONGEST) {
      return Optional.of("An expression has at most %d characters.".formatted(LONGEST));
    }
    String expression = Feel.expression(written);
    Optional<String> problem =
        feel.problem(expression).map(text -> "This is not FEEL: %s".formatted(text));
    if (problem.isEmpty() && feel.loopsBeyond(expression, 1, LONGEST_LOOP)) {
      return Optional.of(
          "A loop over numbers, with those within it, goes round at most %,d times, and its ends are numbers. Loop over a list instead."
              .formatted(LONGEST_LOOP));
    }
    return problem;
  }

  /** The same for one expression. */
  public Outcome evaluate(String written, ObjectNode scope) {
    return evaluate(Map.of("it", written), scope).getOrDefault("it", tooLong());
  }

  /**
   * Evaluates expressions over the same variables.
   *
   * @param written by name
   * @return what each gave, by name
   * @throws ApiException 503 if too many wait to be evaluated
   */
  public Map<String, Outcome> evaluate(Map<String, String> written, ObjectNode scope) {
    Instant until = barred.get(written);
    if (until != null && clock.instant().isBefore(until)) {
      return all(written, tooLong());
    }
    Effort effort = new Effort();
    Future<Map<String, Outcome>> work;
    try {
      work = threads.submit(() -> evaluateHere(written, scope, effort));
    } catch (RejectedExecutionException e) {
      throw busy();
    }
    try {
      return await(work, effort);
    } catch (TimeoutException e) {
      work.cancel(true);
      if (effort.spent().compareTo(PATIENCE) < 0) {
        throw busy();
      }
      giveUp(written);
      return all(written, tooLong());
    } catch (ExecutionException e) {
      throw new IllegalStateException("an expression could not be evaluated", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  /** Waits longer while the machine has no time for it. */
  private static Map<String, Outcome> await(Future<Map<String, Outcome>> work, Effort effort)
      throws ExecutionException, InterruptedException, TimeoutException {
    for (int tries = 1; tries < MOST_WAITS; tries++) {
      try {
        return work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (effort.spent().compareTo(PATIENCE) >= 0) {
          throw e;
        }
      }
    }
    return work.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Map<String, Outcome> evaluateHere(
      Map<String, String> written, ObjectNode scope, Effort effort) {
    effort.begin();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    written.forEach((name, expression) -> outcomes.put(name, one(expression, scope)));
    return outcomes;
  }

  private Outcome one(String written, ObjectNode scope) {
    try {
      String expression = Feel.expression(written);
      if (feel.loopsBeyond(expression, longestList(scope), MOST_ROUNDS)) {
        return failure(TOO_MANY_ROUNDS);
      }
      Feel.Result result = feel.evaluate(expression, scope);
      if (result.value().isNull() && !result.warnings().isEmpty()) {
        return failure(result.warnings().getFirst());
      }
      return new Outcome.Value(result.value());
    } catch (FeelException e) {
      return failure(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      return failure("It calls itself too often.");
    } catch (RuntimeException e) {
      LOG.warn("FEEL failed on the expression {}", written, e);
      return failure("It fails with this event.");
    }
  }

  private static int longestList(JsonNode node) {
    int longest = node.isArray() ? node.size() : 1;
    for (JsonNode child : node) {
      longest = Math.max(longest, longestList(child));
    }
    return longest;
  }

  /** Only of these does FEEL speak without telling values of the event. */
  private static Outcome failure(String message) {
    boolean plain = NAMING.stream().anyMatch(message::startsWith);
    return new Outcome.Failure(message, plain ? message : "The expression fails with this event.");
  }

  private static Outcome tooLong() {
    String message = "The expression takes longer than %d s.".formatted(PATIENCE.toSeconds());
    return new Outcome.Failure(message, message);
  }

  private static Map<String, Outcome> all(Map<String, String> written, Outcome outcome) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    written.keySet().forEach(name -> outcomes.put(name, outcome));
    return outcomes;
  }

  /** The thread is lost for as long as it goes on, so that another takes its place. */
  private synchronized void giveUp(Map<String, String> written) {
    LOG.warn("expressions of a trigger take longer than {}: {}", PATIENCE, written);
    Instant now = clock.instant();
    barred.values().removeIf(until -> until.isBefore(now));
    barred.put(Map.copyOf(written), now.plus(BARRED));
    int more = Math.min(MOST_THREADS, threads.getMaximumPoolSize() + 1);
    threads.setMaximumPoolSize(more);
    threads.setCorePoolSize(more);
  }

  private static ApiException busy() {
    return ApiException.unavailable("Too many expressions wait to be evaluated. Try again.");
  }
}
