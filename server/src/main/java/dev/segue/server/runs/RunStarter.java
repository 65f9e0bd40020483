package dev.segue.server.runs;

import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.http.Problem;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.jooq.Record;
import tools.jackson.databind.node.ObjectNode;

/**
 * Starts runs, each once. The start is a row and a promise to command the engine, committed
 * together; from then on it shows as {@code starting}, whatever happens to this server.
 */
public final class RunStarter {

  /** The variable that carries a run's context; nobody else may set it. */
  public static final String CONTEXT_VARIABLE = "segue";

  static final String START_KIND = "run.start";

  private static final int MAX_PAYLOAD = 1_000_000;

  private final Database database;
  private final Outbox outbox;
  private final WorkflowLookup workflows;
  private final Predicate<String> sites;
  private final Audit audit;

  /**
   * Creates it.
   *
   * @param sites whether there is a site of that id
   */
  public RunStarter(
      Database database,
      Outbox outbox,
      WorkflowLookup workflows,
      Predicate<String> sites,
      Audit audit) {
    this.database = database;
    this.outbox = outbox;
    this.workflows = workflows;
    this.sites = sites;
    this.audit = audit;
  }

  /**
   * Starts a run, unless its start id was used before: then nothing happens.
   *
   * @return the run's id, which is the start id
   * @throws ApiException if it can't be started: 404 for the workflow, 409 while it is paused, 413
   *     for too large a payload, 422 for what makes no sense
   */
  public UUID start(StartRequest request) {
    WorkflowLookup.Startable workflow = check(request);
    String variables = payload(request.variables());
    database.inTransaction(
        tx -> {
          if (insert(tx, request, workflow, variables)) {
            ObjectNode payload = Json.object();
            payload.put("definition", workflow.processDefinitionKey());
            outbox.enqueue(tx, START_KIND, request.startId().toString(), payload);
            if (request.startKind().equals(StartRequest.BY_PERSON)) {
              audit.record(tx, auditEntry(request, workflow));
            }
          }
        });
    return request.startId();
  }

  private WorkflowLookup.Startable check(StartRequest request) {
    WorkflowLookup.Startable workflow =
        workflows
            .find(request.workflowId(), request.version())
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        request.version() == null
                            ? "There is no workflow %s. Deploy it first (segue deploy)."
                                .formatted(request.workflowId())
                            : "The workflow %s has no version %d."
                                .formatted(request.workflowId(), request.version())));
    if (workflow.paused()) {
      throw ApiException.conflict(
          "The workflow %s is paused and starts no runs. Resume it first."
              .formatted(workflow.workflowId()));
    }
    String site = request.siteId();
    if (site != null && !sites.test(site)) {
      throw ApiException.invalid("site", "There is no site %s.".formatted(site));
    }
    if (request.variables().has(CONTEXT_VARIABLE)) {
      throw ApiException.invalid(
          "variables.segue", "This variable is Segue's own. Give yours another name.");
    }
    if (request.asOf() != null && request.mode() == RunMode.LIVE) {
      throw ApiException.invalid(
          List.of(new FieldError("asOf", "Only simulated runs can look at an earlier time.")));
    }
    return workflow;
  }

  private static String payload(ObjectNode variables) {
    String text = Json.text(variables);
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_PAYLOAD) {
      throw new ApiException(
          new Problem(
              "urn:segue:problem:too-large",
              "Too large",
              413,
              ("The variables have %,d bytes; a run may start with %,d. Put bulk data into the"
                      + " business data or an artifact, and give the run a reference to it.")
                  .formatted(size, MAX_PAYLOAD),
              List.of(),
              null));
    }
    return text;
  }

  private static boolean insert(
      DSLContext tx, StartRequest request, WorkflowLookup.Startable workflow, String variables) {
    int inserted =
        tx.execute(
            """
            insert into segue.run (run_id, workflow_id, workflow_version, mode, site_id, as_of,
              business_key, variables, started_by, start_kind, state)
            values (?, ?, ?, ?, ?, ?::timestamptz, ?, ?::jsonb, ?, ?, 'starting')
            on conflict (run_id) do nothing\
            """,
            request.startId(),
            workflow.workflowId(),
            workflow.version(),
            request.mode().label(),
            request.siteId(),
            request.asOf() == null ? null : request.asOf().toString(),
            request.businessKey(),
            variables,
            request.startedBy(),
            request.startKind());
    if (inserted == 0) {
      Record row =
          tx.fetchSingle("select workflow_id from segue.run where run_id = ?", request.startId());
      if (!workflow.workflowId().equals(row.get(0, String.class))) {
        throw ApiException.conflict(
            "The start id %s was used for the workflow %s."
                .formatted(request.startId(), row.get(0)));
      }
    }
    return inserted == 1;
  }

  private static AuditEntry auditEntry(StartRequest request, WorkflowLookup.Startable workflow) {
    ObjectNode detail = Json.object();
    detail.put("workflow", workflow.workflowId());
    detail.put("version", workflow.version());
    detail.put("mode", request.mode().label());
    return new AuditEntry(
        request.startedBy(), "run.start", "run", request.startId().toString(), detail);
  }
}
