package dev.segue.server.steps;

import dev.segue.server.steps.JournalBatch.Finished;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sql.DataSource;

/**
 * Gathers the entries of steps that run at the same time and commits them together. Two threads
 * take turns: while one waits for its commit, the other gathers. Thread-safe.
 */
final class JournalWriter implements AutoCloseable {

  private static final int MOST = 256;
  private static final int THREADS = 2;

  private final DataSource database;
  private final JournalBatch batch;
  private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private volatile boolean closed;
  private final List<Thread> threads = new ArrayList<>();

  JournalWriter(DataSource database, UUID serverId, Duration lease) {
    this.database = database;
    this.batch = new JournalBatch(serverId, lease.toMillis());
    for (int i = 1; i <= THREADS; i++) {
      threads.add(Thread.ofPlatform().daemon().name("segue-journal-" + i).start(this::work));
    }
  }

  private sealed interface Entry {
    record Begin(EffectEntry effect, CompletableFuture<Boolean> fresh) implements Entry {}

    record Finish(Finished effect, CompletableFuture<Boolean> written) implements Entry {}

    default void fail(Throwable failure) {
      switch (this) {
        case Begin begin -> begin.fresh.completeExceptionally(failure);
        case Finish finish -> finish.written.completeExceptionally(failure);
      }
    }
  }

  /** Notes that an effect begins; gives true once that is committed, false if it was there. */
  CompletableFuture<Boolean> begin(EffectEntry effect) {
    CompletableFuture<Boolean> fresh = new CompletableFuture<>();
    add(new Entry.Begin(effect, fresh));
    return fresh;
  }

  /** Notes a result; completes once that is committed. */
  CompletableFuture<Boolean> finish(Finished effect) {
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    add(new Entry.Finish(effect, written));
    return written;
  }

  private void add(Entry entry) {
    queue.add(entry);
    if (closed && queue.remove(entry)) {
      entry.fail(new SQLException("the server stops"));
    }
  }

  private void work() {
    List<Entry> entries = new ArrayList<>();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        entries.add(queue.take());
        queue.drainTo(entries, MOST - 1);
        write(entries);
        entries.clear();
      }
    } catch (InterruptedException e) {
      queue.drainTo(entries);
      entries.forEach(entry -> entry.fail(new SQLException("the server stops", e)));
    }
  }

  private void write(List<Entry> entries) {
    try (Connection connection = database.getConnection()) {
      writeTogether(connection, entries);
    } catch (SQLException | RuntimeException e) {
      entries.forEach(entry -> entry.fail(e));
    }
  }

  /** One entry that the database refuses must not take the others with it. */
  private void writeTogether(Connection connection, List<Entry> entries) throws SQLException {
    try {
      writeOnce(connection, entries);
    } catch (SQLException e) {
      if (entries.size() == 1 || !connection.isValid(1)) {
        throw e;
      }
      for (Entry entry : entries) {
        try {
          writeOnce(connection, List.of(entry));
        } catch (SQLException refused) {
          entry.fail(refused);
        }
      }
    }
  }

  private void writeOnce(Connection connection, List<Entry> entries) throws SQLException {
    List<EffectEntry> begun = new ArrayList<>();
    List<Finished> finished = new ArrayList<>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Begin begin -> begun.add(begin.effect);
        case Entry.Finish finish -> finished.add(finish.effect);
      }
    }
    Set<String> fresh = batch.write(connection, begun, finished);
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Begin begin -> begin.fresh.complete(fresh.contains(begin.effect.key()));
        case Entry.Finish finish -> finish.written.complete(true);
      }
    }
  }

  /** Stops; entries that weren't written fail. */
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
