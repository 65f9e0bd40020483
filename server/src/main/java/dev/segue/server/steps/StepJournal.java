package dev.segue.server.steps;

import dev.segue.sdk.InDoubt;
import dev.segue.server.steps.JournalBatch.Finished;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Knows of each effect whether it was begun and what it gave. What it is told is committed when the
 * call returns. Times are the database's, so that servers' clocks may differ. Thread-safe.
 */
final class StepJournal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StepJournal.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Database database;
  private final UUID serverId;
  private final Duration lease;
  private final JournalWriter writer;
  private volatile boolean closed;

  StepJournal(Database database, UUID serverId, Duration lease) {
    this.database = database;
    this.serverId = serverId;
    this.lease = lease;
    this.writer = new JournalWriter(database.dataSource(), serverId, lease);
  }

  /**
   * Begins an effect, unless an earlier attempt stands in the way.
   *
   * @param policy what to do if an earlier attempt may have done it
   * @throws JournalAwayException if the database is away; nothing must be done then
   * @throws InterruptedException if the wait was interrupted; nothing must be done then
   */
  EffectState begin(EffectEntry effect, InDoubt policy)
      throws JournalAwayException, InterruptedException {
    CompletableFuture<Boolean> fresh = writer.begin(effect);
    try {
      return fresh.get()
          ? new EffectState.Begun(1)
          : database.transaction(tx -> again(tx, effect, policy));
    } catch (InterruptedException e) {
      // The entry may be committed all the same, for an effect that is never begun.
      fresh.thenAcceptAsync(
          began -> {
            if (began) {
              nothingHappened(effect.key(), 1, "The server stopped before the step began.");
            }
          });
      throw e;
    } catch (ExecutionException e) {
      throw new JournalAwayException(e);
    } catch (DataAccessException e) {
      throw new JournalAwayException(e);
    }
  }

  private EffectState again(DSLContext tx, EffectEntry effect, InDoubt policy) {
    Record row =
        tx.fetchSingle(
            """
            select state, attempt, result, coalesce(detail, '') as detail,
              extract(epoch from lease_until - now()) * 1000 as left_millis,
              exists (select from segue.server s
                where s.server_id = j.server_id and s.stopped_at is not null) as server_gone
            from segue.step_journal j where idempotency_key = ? for update\
            """,
            effect.key());
    String detail = row.get("detail", String.class);
    long left =
        row.get("server_gone", Boolean.class)
            ? 0
            : row.get("left_millis", Double.class).longValue();
    return switch (row.get("state", String.class)) {
      case "done" -> new EffectState.Done(result(row.get("result", JSONB.class)));
      case "in_doubt" -> new EffectState.Doubtful(detail);
      case "abandoned" -> takeOver(tx, effect, row.get("attempt", Integer.class) + 1);
      default -> {
        if (left > 0) {
          yield new EffectState.Elsewhere(Duration.ofMillis(left));
        }
        yield policy == InDoubt.RETRY
            ? takeOver(tx, effect, row.get("attempt", Integer.class) + 1)
            : doubt(tx, effect, detail);
      }
    };
  }

  private EffectState takeOver(DSLContext tx, EffectEntry effect, int attempt) {
    tx.execute(
        """
        update segue.step_journal
        set state = 'started', attempt = ?, server_id = ?::uuid, job_key = ?, plugin_version = ?,
          lease_until = now() + ? * interval '1 millisecond', started_at = now(),
          finished_at = null
        where idempotency_key = ?\
        """,
        attempt,
        serverId,
        effect.jobKey(),
        effect.pluginVersion(),
        lease.toMillis(),
        effect.key());
    return new EffectState.Begun(attempt);
  }

  private static EffectState doubt(DSLContext tx, EffectEntry effect, String known) {
    String detail =
        known.isEmpty() ? "The server died, or lost the database, while the step ran." : known;
    tx.execute(
        """
        update segue.step_journal set state = 'in_doubt', detail = ?, job_key = ?
        where idempotency_key = ?\
        """,
        detail,
        effect.jobKey(),
        effect.key());
    return new EffectState.Doubtful(detail);
  }

  private static Optional<ObjectNode> result(@Nullable JSONB json) {
    return json == null ? Optional.empty() : Optional.of((ObjectNode) JSON.readTree(json.data()));
  }

  /**
   * Notes what an effect gave, however long the database is away: to give up would turn a known
   * outcome into a doubtful one.
   *
   * @throws JournalAwayException only if the server stops first
   */
  void done(String key, int attempt, ObjectNode result) throws JournalAwayException {
    // PostgreSQL's jsonb has no room for the NUL character.
    String text = result.toString().replace("\\u0000", "\\ufffd");
    persist(key, () -> await(writer.finish(new Finished(key, attempt, text))));
  }

  /** Notes that an attempt ended and certainly did nothing outside: the next one may begin. */
  void nothingHappened(String key, int attempt, String detail) {
    end(key, attempt, "abandoned", detail);
  }

  /** Notes that an attempt ended and may have done it: the next one follows the step's policy. */
  void uncertain(String key, int attempt, String detail) {
    end(key, attempt, "started", detail);
  }

  /** Leaves it to a person. */
  void inDoubt(String key, int attempt, String detail) {
    end(key, attempt, "in_doubt", detail);
  }

  /** If it can't be noted, the lease runs out and the effect counts as in doubt, which is safe. */
  private void end(String key, int attempt, String state, String detail) {
    try {
      persist(
          key,
          () ->
              database
                  .jooq()
                  .execute(
                      """
                      update segue.step_journal
                      set state = ?, detail = ?, lease_until = now(), finished_at = now()
                      where idempotency_key = ? and attempt = ? and state = 'started'\
                      """,
                      state,
                      detail,
                      key,
                      attempt));
    } catch (JournalAwayException e) {
      LOG.warn("Could not note how the step {} ended: {}", key, e.getMessage());
    }
  }

  /** Prolongs the leases of running effects of this server. */
  void renew(Collection<String> keys) {
    database
        .jooq()
        .execute(
            """
            update segue.step_journal set lease_until = now() + ? * interval '1 millisecond'
            where idempotency_key = any(?::text[]) and server_id = ?::uuid and state = 'started'\
            """,
            lease.toMillis(),
            keys.toArray(String[]::new),
            serverId);
  }

  private void persist(String key, Runnable write) throws JournalAwayException {
    Duration pause = FIRST_PAUSE;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          write.run();
          return;
        } catch (DataAccessException e) {
          if (closed) {
            throw new JournalAwayException(e);
          }
          LOG.warn("The journal of {} can't be written yet: {}", key, e.getMessage());
        }
        interrupted |= sleep(pause);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void await(CompletableFuture<Boolean> written) {
    try {
      written.join();
    } catch (CompletionException e) {
      throw new DataAccessException(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean sleep(Duration pause) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      return Thread.interrupted();
    } catch (InterruptedException e) {
      return true;
    }
  }

  /** Stops writing; whoever still waits fails. */
  @Override
  public void close() {
    closed = true;
    writer.close();
  }
}
