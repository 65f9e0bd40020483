package dev.segue.server.runs;

import dev.segue.server.data.Knowledge;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.GroupCommit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Gives each start to the first process instance that asks for it. An instance's claim is asked for
 * twice at about the same time, by the engine's answer to the start and by the instance's first
 * step: it is written once. Thread-safe.
 */
final class StartClaims {

  private static final int AT_ONCE = 256;
  private static final int KEPT = 20_000;

  private final GroupCommit<Claim, Optional<Claimed>> writer;
  private final Map<Long, CompletableFuture<Optional<Claimed>>> asked = new ConcurrentHashMap<>();
  private final Map<Long, Claimed> given =
      new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Claimed> eldest) {
          return size() > KEPT;
        }
      };

  StartClaims(Database database) {
    writer = GroupCommit.ofStatements(database, AT_ONCE, Duration.ZERO, StartClaims::write);
  }

  /**
   * An instance that says it is that start's.
   *
   * @param workflowId the instance's process; it must be the start's
   */
  record Claim(UUID runId, String workflowId, long processInstanceKey) {}

  /**
   * What can't change any more of a run that was claimed.
   *
   * @param mode null while unknown: that can change
   */
  record Claimed(
      UUID runId,
      long processInstanceKey,
      String workflowId,
      @Nullable RunMode mode,
      @Nullable String siteId,
      @Nullable Instant asOf,
      Knowledge knowledge) {}

  /**
   * Claims a start that nobody has claimed, durably when this returns. Blocks.
   *
   * @return empty if that can't be said at a glance: the start is claimed already, unknown, over,
   *     or somebody else works on it just now
   */
  Optional<Claimed> claim(Claim claim) {
    long key = claim.processInstanceKey();
    Claimed known = given(key);
    if (known != null) {
      return Optional.of(known).filter(run -> run.runId().equals(claim.runId()));
    }
    CompletableFuture<Optional<Claimed>> answer =
        asked.computeIfAbsent(key, k -> writer.submit(claim));
    try {
      Optional<Claimed> run = answer.join();
      run.ifPresent(this::keep);
      return run.filter(found -> found.runId().equals(claim.runId()));
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    } finally {
      asked.remove(key, answer);
    }
  }

  /** What was claimed here by that instance of late; null if nothing. */
  @Nullable Claimed given(long processInstanceKey) {
    synchronized (given) {
      return given.get(processInstanceKey);
    }
  }

  private void keep(Claimed run) {
    if (run.mode() != null) {
      synchronized (given) {
        given.put(run.processInstanceKey(), run);
      }
    }
  }

  /**
   * Claims many. Never waits for a lock while it holds others, so that it can't be part of a
   * deadlock: rows that are locked are left to {@link #take}.
   */
  private static List<Optional<Claimed>> write(DSLContext db, List<Claim> claims) {
    Map<UUID, Claim> first = new LinkedHashMap<>();
    claims.forEach(claim -> first.putIfAbsent(claim.runId(), claim));
    List<Claim> asking = List.copyOf(first.values());
    Map<UUID, Claimed> claimed = new HashMap<>();
    db.fetch(
            """
            update segue.run r set process_instance_key = free.k, state = 'started',
              started_at = coalesce(r.started_at, now())
            from (
              select run.run_id, c.k
              from unnest(?::uuid[], ?::text[], ?::bigint[]) as c (run_id, workflow, k)
              join segue.run on run.run_id = c.run_id and run.workflow_id = c.workflow
              where run.process_instance_key is null and run.state in ('starting', 'started')
                and not exists (select 1 from segue.run known where known.process_instance_key = c.k)
              for update of run skip locked) free
            where r.run_id = free.run_id
            returning r.run_id, r.process_instance_key, r.workflow_id, r.mode, r.site_id, r.as_of,
              r.knowledge\
            """,
            asking.stream().map(Claim::runId).toArray(UUID[]::new),
            asking.stream().map(Claim::workflowId).toArray(String[]::new),
            asking.stream().map(Claim::processInstanceKey).toArray(Long[]::new))
        .map(StartClaims::claimed)
        .forEach(run -> claimed.put(run.runId(), run));
    return claims.stream()
        .map(
            claim ->
                Optional.ofNullable(claimed.get(claim.runId()))
                    .filter(run -> run.processInstanceKey() == claim.processInstanceKey()))
        .toList();
  }

  private static Claimed claimed(Record row) {
    String mode = row.get(3, String.class);
    return new Claimed(
        row.get(0, UUID.class),
        row.get(1, Long.class),
        row.get(2, String.class),
        mode == null ? null : RunMode.of(mode),
        row.get(4, String.class),
        row.get(5, Instant.class),
        RunRow.knowledge(row.get(6, String.class)));
  }

  /**
   * Claims one, waiting for whoever works on it. True if the start is this instance's, now or
   * before; false if another one has it.
   */
  static boolean take(DSLContext tx, UUID runId, long processInstanceKey) {
    int taken =
        tx.execute(
            """
            update segue.run set process_instance_key = ?,
              state = case when state = 'starting' then 'started' else state end,
              started_at = coalesce(started_at, now())
            where run_id = ? and (process_instance_key is null or process_instance_key = ?)\
            """,
            processInstanceKey,
            runId,
            processInstanceKey);
    return taken == 1;
  }
}
