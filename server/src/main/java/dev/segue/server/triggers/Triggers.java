package dev.segue.server.triggers;

import dev.segue.bpmn.model.Feel;
import dev.segue.sdk.Site;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Principal;
import dev.segue.server.people.Audit;
import dev.segue.server.runs.RunStarter;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import dev.segue.server.workflows.DeclaredTriggers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * The triggers as a whole. Kinds are registered before anything is deployed or served. Thread-safe.
 */
public final class Triggers {

  private final TriggerRows rows = new TriggerRows();
  private final FiringRows firings = new FiringRows();
  private final Map<String, TriggerKind> kinds = new ConcurrentHashMap<>();
  private final Ground ground;
  private final Expressions expressions;
  private final InputMapping mapping;
  private final StartForms forms;
  private final TriggerStarts starts;
  private final TriggerEdits edits;

  /**
   * What triggers stand on.
   *
   * @param feel evaluates their mappings
   * @param sites what mappings may know of sites
   */
  public record Ground(
      Database database,
      RunStarter runs,
      WorkflowLookup workflows,
      Audit audit,
      InstantSource clock,
      Feel feel,
      Function<String, Optional<Site>> sites) {

    /** One whose mappings know no more of a site than its id. */
    public Ground(
        Database database,
        RunStarter runs,
        WorkflowLookup workflows,
        Audit audit,
        InstantSource clock) {
      this(database, runs, workflows, audit, clock, new Feel(), site -> Optional.empty());
    }
  }

  /** Wires the parts; no kind is known yet. */
  public Triggers(Ground ground) {
    this.ground = ground;
    this.expressions = new Expressions(ground.feel(), ground.clock());
    this.mapping = new InputMapping(expressions, ground.sites());
    this.forms = new StartForms(ground.workflows());
    this.starts = new TriggerStarts(ground.runs(), rows, firings, mapping, forms, ground.clock());
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

  /** Evaluates expressions that people wrote into triggers. */
  public Expressions expressions() {
    return expressions;
  }

  /** The trigger of that id. */
  public Optional<Trigger> find(DSLContext tx, String id) {
    return rows.find(tx, id);
  }

  /** The trigger of that id, for the rest of the transaction. */
  public Optional<Trigger> lock(DSLContext tx, String id) {
    return rows.lock(tx, id);
  }

  /**
   * Insists that somebody may act on all sites that a trigger acts on.
   *
   * @throws dev.segue.server.http.ApiException 403
   */
  public void requireHands(Principal principal, Trigger trigger) {
    TriggerKind kind = kinds.get(trigger.kind());
    TriggerOperations.requireSites(principal, kind == null ? null : kind.sites(trigger.settings()));
  }

  /** All triggers of a kind, by id. */
  public List<Trigger> ofKind(DSLContext tx, String kind) {
    return rows.ofKind(tx, kind);
  }

  /** A page of the triggers of a kind, by id. */
  public Page<Trigger> ofKind(DSLContext tx, String kind, PageRequest page) {
    return rows.list(tx, kind, null, page);
  }

  /** Forgets firings that were decided before that time; what is queued stays. */
  public void forgetBefore(Instant time) {
    ground
        .database()
        .inTransaction(
            tx -> {
              tx.execute(
                  """
                  delete from segue.trigger_firing
                  where decided_at < ?::timestamptz and outcome <> 'queued'\
                  """,
                  time.toString());
              kinds.values().forEach(kind -> kind.forgetBefore(tx, time));
            });
  }

  /** What packages say of triggers. */
  public DeclaredTriggers declared() {
    return new PackageTriggers(ground.database(), rows, edits, kinds, mapping, ground.clock());
  }

  /** The HTTP operations on triggers of all kinds. */
  public List<Operation> operations() {
    TriggerReader reader = new TriggerReader(kinds, mapping, forms, ground.workflows());
    List<Operation> operations =
        new ArrayList<>(
            new TriggerOperations(ground.database(), rows, firings, edits, reader).operations());
    operations.addAll(new TryOut(ground.database(), rows, edits, reader, mapping).operations());
    return operations;
  }
}
