package dev.segue.server.runs;

import dev.segue.sdk.Site;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Json;
import dev.segue.server.runs.history.Projector;
import dev.segue.server.steps.RunContext;
import dev.segue.server.steps.RunContexts;
import dev.segue.server.storage.Database;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * Tells steps the context of their run, from Segue's own rows alone. A new process instance claims
 * the start whose id it carries, so that its first step needn't wait for the history; one that
 * finds it claimed is the duplicate of an uncertain start, and is cancelled before its first
 * effect.
 */
final class StoredRunContexts implements RunContexts {

  private final Database database;
  private final Outbox outbox;
  private final StartClaims claims;
  private final Function<String, Optional<Site>> sites;

  /**
   * Creates it.
   *
   * @param sites finds a site by its id
   */
  StoredRunContexts(
      Database database,
      Outbox outbox,
      StartClaims claims,
      Function<String, Optional<Site>> sites) {
    this.database = database;
    this.outbox = outbox;
    this.claims = claims;
    this.sites = sites;
  }

  @Override
  public Lookup find(Query query) {
    long key = query.processInstanceKey();
    Optional<StartClaims.Claimed> claimed =
        Optional.ofNullable(claims.given(key))
            .or(
                () ->
                    query
                        .claimedRunId()
                        .flatMap(StoredRunContexts::uuid)
                        .map(id -> new StartClaims.Claim(id, query.bpmnProcessId(), key))
                        .flatMap(claims::claim));
    return claimed.isPresent()
        ? new Lookup.Known(context(claimed.get()))
        : database.transaction(tx -> look(tx, query));
  }

  private Lookup look(DSLContext tx, Query query) {
    long key = query.processInstanceKey();
    Optional<RunRow> own = RunRow.findByKey(tx, key);
    if (own.isPresent()) {
      return new Lookup.Known(context(own.get().claimedBy(key)));
    }
    Optional<RunRow> start =
        query
            .claimedRunId()
            .flatMap(StoredRunContexts::uuid)
            .flatMap(runId -> RunRow.lock(tx, runId))
            .filter(run -> run.workflowId().equals(query.bpmnProcessId()));
    if (start.isEmpty()) {
      return new Lookup.NotYet("the history of process instance " + key);
    }
    RunRow run = start.get();
    if (run.isOver() || !StartClaims.take(tx, run.runId(), key)) {
      outbox.enqueue(tx, Projector.DUPLICATE_KIND, Long.toString(key), Json.object());
      return new Lookup.Forbidden(
          "process instance %d repeats the start of run %s, which %s"
              .formatted(
                  key, run.runId(), run.isOver() ? "is over" : "another instance has claimed"));
    }
    return new Lookup.Known(context(run.claimedBy(key)));
  }

  private RunContext context(StartClaims.Claimed run) {
    RunMode mode = run.mode();
    return new RunContext(
        run.runId().toString(),
        run.processInstanceKey(),
        run.workflowId(),
        mode == null
            ? dev.segue.server.steps.RunMode.UNKNOWN
            : switch (mode) {
              case LIVE -> dev.segue.server.steps.RunMode.LIVE;
              case SIMULATED -> dev.segue.server.steps.RunMode.SIMULATED;
            },
        Optional.ofNullable(run.siteId()).flatMap(sites),
        Optional.ofNullable(run.asOf()),
        run.knowledge());
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
