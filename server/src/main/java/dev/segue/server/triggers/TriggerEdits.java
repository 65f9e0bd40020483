package dev.segue.server.triggers;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Adds, changes, removes and pauses triggers; each with its entry in the audit trail. */
final class TriggerEdits {

  private final Database database;
  private final TriggerRows rows;
  private final Map<String, TriggerKind> kinds;
  private final Audit audit;
  private final InstantSource clock;

  TriggerEdits(
      Database database,
      TriggerRows rows,
      Map<String, TriggerKind> kinds,
      Audit audit,
      InstantSource clock) {
    this.database = database;
    this.rows = rows;
    this.kinds = kinds;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Adds or replaces a trigger for a person.
   *
   * @param version which version is replaced; empty to add one
   */
  Trigger put(String id, TriggerContent content, Optional<Integer> version, String by) {
    return database.transaction(
        tx -> {
          Optional<Trigger> old = rows.lock(tx, id);
          if (old.isEmpty() && version.isPresent()) {
            throw ApiException.notFound("trigger", id);
          }
          if (old.isPresent() && !version.equals(old.map(Trigger::version))) {
            throw ApiException.edited("The trigger " + id);
          }
          Trigger made = trigger(id, content, old.orElse(null), Trigger.Origin.API, by);
          save(tx, old.orElse(null), made);
          record(tx, by, old.isEmpty() ? "trigger.create" : "trigger.change", made);
          return made;
        });
  }

  /** The trigger as it will be; a pause stays. */
  Trigger trigger(
      String id, TriggerContent content, @Nullable Trigger old, Trigger.Origin origin, String by) {
    String workflow = content.workflow() == null ? "" : content.workflow();
    String title = content.title();
    return new Trigger(
        id,
        content.kind().name(),
        workflow,
        title == null || title.isBlank() ? id : title,
        content.mode(),
        content.variables(),
        content.mapping(),
        content.settings(),
        origin,
        old == null ? null : old.pause(),
        old == null ? 1 : old.version() + 1,
        clock.instant(),
        by);
  }

  /** Writes it and tells its kind. */
  void save(DSLContext tx, @Nullable Trigger old, Trigger made) {
    rows.save(tx, made);
    if (old != null && !old.kind().equals(made.kind())) {
      kind(old).removed(tx, old);
    }
    kind(made).saved(tx, made);
  }

  /** Removes it, and tells its kind. */
  void remove(DSLContext tx, Trigger trigger) {
    rows.delete(tx, trigger.id());
    kind(trigger).removed(tx, trigger);
  }

  void remove(Trigger trigger, String by) {
    database.inTransaction(
        tx -> {
          Trigger found =
              rows.lock(tx, trigger.id())
                  .orElseThrow(() -> ApiException.notFound("trigger", trigger.id()));
          remove(tx, found);
          record(tx, by, "trigger.remove", found);
        });
  }

  /** Pauses or resumes it; nothing happens if it is so already. */
  void pause(String id, boolean paused, String reason, String by) {
    database.inTransaction(
        tx -> {
          Trigger found = rows.lock(tx, id).orElseThrow(() -> ApiException.notFound("trigger", id));
          if (paused == (found.pause() != null)) {
            return;
          }
          if (!paused) {
            kind(found).checkReady(found.settings());
          }
          rows.pause(tx, id, paused ? new Trigger.Pause(by, clock.instant(), reason) : null);
          ObjectNode detail = Json.object().put("reason", reason);
          String action = paused ? "trigger.pause" : "trigger.resume";
          audit.record(tx, new AuditEntry(by, action, "trigger", id, detail));
        });
  }

  /** Pauses or resumes all triggers; nothing happens if they are so already. */
  void pauseAll(boolean paused, String reason, String by) {
    database.inTransaction(
        tx -> {
          if (rows.pauseAll(tx, paused, new Trigger.Pause(by, clock.instant(), reason))) {
            ObjectNode detail = Json.object().put("reason", reason);
            String action = paused ? "triggers.pause" : "triggers.resume";
            audit.record(tx, new AuditEntry(by, action, "trigger", "all", detail));
          }
        });
  }

  private void record(DSLContext tx, String by, String action, Trigger trigger) {
    ObjectNode detail = Json.object();
    detail.put("workflow", trigger.workflowId());
    detail.put("kind", trigger.kind());
    detail.set("settings", trigger.settings());
    if (!trigger.mapping().isEmpty()) {
      detail.set("mapping", trigger.mapping());
    }
    audit.record(tx, new AuditEntry(by, action, "trigger", trigger.id(), detail));
  }

  /** A newer server may have written triggers of kinds that this one lacks. */
  private TriggerKind kind(Trigger trigger) {
    TriggerKind kind = kinds.get(trigger.kind());
    if (kind == null) {
      throw ApiException.conflict(
          "The trigger %s is of the kind %s, which this server doesn't know. Update the server."
              .formatted(trigger.id(), trigger.kind()));
    }
    return kind;
  }
}
