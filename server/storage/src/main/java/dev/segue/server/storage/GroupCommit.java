package dev.segue.server.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Commits together what is asked for at the same time: one transaction and one flush of the log for
 * many callers, of whom each waits for its own answer. While one transaction is on its way,
 * requests gather for the next. It has threads only while there is work, so needs no closing.
 * Thread-safe.
 *
 * @param <Q> what is asked for
 * @param <A> what each gets
 */
public final class GroupCommit<Q, A extends @Nullable Object> {

  /**
   * Classes of SQL states by which the database refuses what was asked for, so that others in the
   * same transaction may fare better by themselves: data, constraints, deadlocks, locks.
   */
  private static final Set<String> REFUSALS = Set.of("22", "23", "40", "55");

  private final Function<List<Q>, List<A>> commit;
  private final int most;
  private final Duration linger;
  private final ConcurrentLinkedQueue<Request<Q, A>> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean working = new AtomicBoolean();

  /** Does what is asked for, in one transaction. */
  @FunctionalInterface
  public interface Batch<Q, A extends @Nullable Object> {

    /**
     * Writes. Called again with fewer requests if the database refuses them together.
     *
     * @param requests at least one
     * @return an answer to each, in the same order
     */
    List<A> write(DSLContext db, List<Q> requests);
  }

  private record Request<Q, A extends @Nullable Object>(Q content, CompletableFuture<A> answer) {}

  private GroupCommit(int most, Duration linger, Function<List<Q>, List<A>> commit) {
    this.most = most;
    this.linger = linger;
    this.commit = commit;
  }

  /**
   * For batches of several statements.
   *
   * @param most how many requests one transaction takes; memory holds them all
   * @param linger how long requests gather before each transaction, beyond the time that the one
   *     before takes; zero where somebody waits for the answer
   */
  public static <Q, A extends @Nullable Object> GroupCommit<Q, A> ofTransactions(
      Database database, int most, Duration linger, Batch<Q, A> batch) {
    return new GroupCommit<>(
        most, linger, requests -> database.transaction(tx -> batch.write(tx, requests)));
  }

  /**
   * Same as {@link #ofTransactions}, for batches of a single statement, which commits by itself:
   * that spares the way to the database and back for the commit.
   */
  public static <Q, A extends @Nullable Object> GroupCommit<Q, A> ofStatements(
      Database database, int most, Duration linger, Batch<Q, A> batch) {
    return new GroupCommit<>(most, linger, requests -> batch.write(database.jooq(), requests));
  }

  /**
   * Asks and waits until the answer is committed.
   *
   * @throws DataAccessException if the database refuses or can't be reached
   */
  public A write(Q request) {
    try {
      return submit(request).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Asks, and gives the answer once it is committed. Returns at once. */
  public CompletableFuture<A> submit(Q request) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    queue.add(new Request<>(request, answer));
    if (enter()) {
      Thread.ofVirtual().name("group-commit").start(this::work);
    }
    return answer;
  }

  /** Writes what has gathered, without lingering, on this thread. */
  public void flush() {
    for (List<Request<Q, A>> next = next(); !next.isEmpty(); next = next()) {
      write(next);
    }
  }

  /** True if there is something to do and nobody does it yet. */
  private boolean enter() {
    return !queue.isEmpty() && working.compareAndSet(false, true);
  }

  private void work() {
    do {
      try {
        TimeUnit.NANOSECONDS.sleep(linger.toNanos());
        flush();
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      } finally {
        working.set(false);
      }
      // What came between the last look and this found somebody at work.
    } while (enter());
  }

  private List<Request<Q, A>> next() {
    List<Request<Q, A>> next = new ArrayList<>();
    while (next.size() < most) {
      Request<Q, A> request = queue.poll();
      if (request == null) {
        break;
      }
      next.add(request);
    }
    return next;
  }

  private void write(List<Request<Q, A>> requests) {
    try {
      List<Q> contents = requests.stream().map(Request::content).toList();
      List<A> answers = commit.apply(contents);
      for (int i = 0; i < requests.size(); i++) {
        requests.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error e) {
      if (requests.size() > 1 && concernsContent(e)) {
        requests.forEach(request -> write(List.of(request)));
      } else {
        requests.forEach(request -> request.answer().completeExceptionally(e));
      }
    }
  }

  /** A database that is away is away for each of them, so only the rest is worth a try alone. */
  private static boolean concernsContent(Throwable e) {
    if (!(e instanceof DataAccessException)) {
      return e instanceof RuntimeException;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return REFUSALS.contains(sql.getSQLState().substring(0, 2));
      }
    }
    return false;
  }
}
