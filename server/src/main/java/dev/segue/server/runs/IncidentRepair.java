package dev.segue.server.runs;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.server.events.Outbox;
import dev.segue.server.events.OutboxHandler;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.http.Principal;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Resolves incidents: first the row, then, however often it takes, the commands to the engine. */
public final class IncidentRepair {

  static final String RESOLVE_KIND = "incident.resolve";

  private final Database database;
  private final Engine engine;
  private final Outbox outbox;
  private final IncidentList incidents;
  private final InDoubtDecisions inDoubt;
  private final Audit audit;

  /** Creates it. */
  public IncidentRepair(
      Database database,
      Engine engine,
      Outbox outbox,
      IncidentList incidents,
      InDoubtDecisions inDoubt,
      Audit audit) {
    this.database = database;
    this.engine = engine;
    this.outbox = outbox;
    this.incidents = incidents;
    this.inDoubt = inDoubt;
    this.audit = audit;
  }

  /**
   * What to do about an incident.
   *
   * @param action {@code retry}, {@code happened} or {@code did-not-happen}
   * @param variables to set before going on; null for none
   * @param retries how often a step may try again; null for once
   * @param result what the step would have returned, with {@code happened}; null for nothing
   * @param reason why; null for no word
   */
  public record Resolution(
      String action,
      @Nullable ObjectNode variables,
      @Nullable Integer retries,
      @Nullable ObjectNode result,
      @Nullable String reason) {}

  /**
   * Has an incident resolved.
   *
   * @throws ApiException 404 if there is none, 403 for a site that the caller may not act on, 409
   *     if it isn't open or doesn't allow the action
   */
  public void resolve(long incidentKey, Resolution resolution, Principal by) {
    database.inTransaction(
        tx -> {
          tx.execute(
              "select 1 from history.incident where incident_key = ? for update", incidentKey);
          IncidentList.Details incident =
              incidents
                  .find(tx, incidentKey)
                  .orElseThrow(() -> ApiException.notFound("incident", incidentKey));
          by.requireSite(incident.siteId());
          check(incident, resolution);
          UUID id = UUID.randomUUID();
          insert(tx, id, incidentKey, resolution, by);
          Long jobKey = incident.jobKey();
          if (!resolution.action().equals(IncidentView.RETRY) && jobKey != null) {
            ObjectNode result = resolution.result() == null ? Json.object() : resolution.result();
            boolean happened = resolution.action().equals(IncidentView.HAPPENED);
            inDoubt.decide(tx, jobKey, happened, result, by.username());
          }
          outbox.enqueue(tx, RESOLVE_KIND, id.toString(), payload(incident, resolution));
          ObjectNode detail = Json.object();
          detail.put("action", resolution.action());
          audit.record(
              tx,
              new AuditEntry(
                  by.username(), "incident.resolve", "incident", "" + incidentKey, detail));
        });
  }

  private static void check(IncidentList.Details incident, Resolution resolution) {
    IncidentView view = incident.view();
    if (!view.state().equals("open")) {
      throw ApiException.conflict(
          "The incident %s is %s, not open.".formatted(view.id(), view.state()));
    }
    if (!view.actions().contains(resolution.action())) {
      throw ApiException.conflict(
          "The incident %s allows %s, not %s."
              .formatted(view.id(), String.join(" or ", view.actions()), resolution.action()));
    }
    ObjectNode variables = resolution.variables();
    if (variables != null && variables.has(RunStarter.CONTEXT_VARIABLE)) {
      throw ApiException.invalid(
          "variables.segue", "This variable is Segue's own. Give yours another name.");
    }
  }

  private static void insert(
      DSLContext tx, UUID id, long incidentKey, Resolution resolution, Principal by) {
    tx.execute(
        """
        insert into segue.incident_resolution
          (resolution_id, incident_key, action, requested_by, reason)
        values (?, ?, ?, ?, ?)\
        """,
        id,
        incidentKey,
        resolution.action(),
        by.username(),
        resolution.reason() == null ? "" : resolution.reason());
  }

  private static ObjectNode payload(IncidentList.Details incident, Resolution resolution) {
    ObjectNode payload = Json.object();
    payload.put("incident", Long.parseLong(incident.view().id()));
    payload.put("scope", incident.elementInstanceKey());
    if (incident.jobKey() != null) {
      payload.put("job", incident.jobKey());
    }
    payload.put("retries", resolution.retries() == null ? 1 : resolution.retries());
    if (resolution.variables() != null) {
      payload.set("variables", resolution.variables());
    }
    return payload;
  }

  /** Does what {@link #resolve} promised. */
  OutboxHandler.Outcome command(OutboxHandler.Entry entry) {
    UUID id = UUID.fromString(entry.ref());
    try {
      command(entry.payload());
      settle(id, null);
    } catch (EngineException e) {
      switch (e.kind()) {
        // Resolved by somebody else, or cancelled with its run.
        case NOT_FOUND -> settle(id, null);
        case UNAVAILABLE, INTERNAL -> throw e;
        case INVALID, CONFLICT, TOO_LARGE, DENIED -> settle(id, e.getMessage());
      }
    }
    return OutboxHandler.done();
  }

  private void command(ObjectNode payload) {
    if (payload.has("variables")) {
      engine.setVariables(
          payload.path("scope").asLong(), Json.text(payload.path("variables")), false);
    }
    if (payload.has("job")) {
      engine.updateRetries(payload.path("job").asLong(), payload.path("retries").asInt());
    }
    engine.resolveIncident(payload.path("incident").asLong());
  }

  private void settle(UUID id, @Nullable String error) {
    database
        .jooq()
        .execute(
            "update segue.incident_resolution set done_at = now(), error = ? where resolution_id = ?",
            error,
            id);
  }
}
