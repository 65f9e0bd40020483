package dev.segue.server.triggers;

import dev.segue.server.http.Operation;
import dev.segue.server.people.Audit;
import dev.segue.server.runs.RunStarter;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import dev.segue.server.workflows.DeclaredTriggers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;

/**
 * The triggers as a whole. Kinds are registered before anything is deployed or served. Thread-safe.
 */
public final class Triggers {

  private final TriggerRows rows = new TriggerRows();
  private final FiringRows firings = new FiringRows();
  private final Map<String, TriggerKind> kinds = new ConcurrentHashMap<>();
  private final Ground ground;
  private final TriggerStarts starts;
  private final TriggerEdits edits;

  /** What triggers stand on. */
  public record Ground(
      Database database,
      RunStarter runs,
      WorkflowLookup workflows,
      Audit audit,
      InstantSource clock) {}

  /** Wires the parts; no kind is known yet. */
  public Triggers(Ground ground) {
    this.ground = ground;
    this.starts = new TriggerStarts(ground.runs(), rows, firings, ground.clock());
    this.edits = new TriggerEdits(ground.database(), rows, kinds, ground.audit(), ground.clock());
  }

  /** Makes a kind known. */
  public void register(TriggerKind kind) {
    if (kinds.putIfAbsent(kind.name(), kind) != null) {
      throw new IllegalStateException("Two kinds of triggers are called " + kind.name() + ".");
    }
  }

  /** Decides firings and starts their runs. */
  public TriggerStarts starts() {
    return starts;
  }

  /** The trigger of that id. */
  public Optional<Trigger> find(DSLContext tx, String id) {
    return rows.find(tx, id);
  }

  /** All triggers of a kind, by id. */
  public List<Trigger> ofKind(DSLContext tx, String kind) {
    return rows.ofKind(tx, kind);
  }

  /** Forgets firings that were decided before that time; what is queued stays. */
  public void forgetBefore(Instant time) {
    ground
        .database()
        .jooq()
        .execute(
            """
            delete from segue.trigger_firing
            where decided_at < ?::timestamptz and outcome <> 'queued'\
            """,
            time.toString());
  }

  /** What packages say of triggers. */
  public DeclaredTriggers declared() {
    return new PackageTriggers(ground.database(), rows, edits, kinds, ground.clock());
  }

  /** The HTTP operations on triggers of all kinds. */
  public List<Operation> operations() {
    return new TriggerOperations(ground.database(), rows, firings, edits, kinds, ground.workflows())
        .operations();
  }
}
