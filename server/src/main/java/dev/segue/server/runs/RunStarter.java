package dev.segue.server.runs;

import dev.segue.server.data.Knowledge;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.http.Problem;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.GroupCommit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jooq.DSLContext;
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

  /** Bounded for the memory's sake: each may have the largest payload. */
  private static final int AT_ONCE = 16;

  private final GroupCommit<NewRun, String> byPeople;
  private final GroupCommit<NewRun, String> byTriggers;
  private final Outbox outbox;
  private final StartCommands commands;
  private final WorkflowLookup workflows;
  private final Predicate<String> sites;
  private final Audit audit;

  /**
   * Creates it.
   *
   * @param commands keep what is promised here
   * @param sites whether there is a site of that id
   */
  RunStarter(
      Database database,
      Outbox outbox,
      StartCommands commands,
      WorkflowLookup workflows,
      Predicate<String> sites,
      Audit audit) {
    // Apart, since what people start waits for its turn in the audit trail.
    this.byPeople = GroupCommit.ofTransactions(database, AT_ONCE, Duration.ZERO, this::write);
    this.byTriggers = GroupCommit.ofTransactions(database, AT_ONCE, Duration.ZERO, this::write);
    this.outbox = outbox;
    this.commands = commands;
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
    NewRun run = newRun(request, check(request));
    String workflowId = (run.audit() == null ? byTriggers : byPeople).write(run);
    if (!workflowId.equals(run.row().workflowId())) {
      throw ApiException.conflict(
          "The start id %s was used for the workflow %s.".formatted(run.id(), workflowId));
    }
    return run.id();
  }

  /**
   * Checks a start that {@link #start(DSLContext, List)} will write.
   *
   * @throws ApiException as {@link #start(StartRequest)}
   */
  public PreparedStart prepare(StartRequest request) {
    return new PreparedStart(newRun(request, check(request)));
  }

  /**
   * Starts runs together with whatever else the caller's transaction holds; those whose start ids
   * were used before are left alone. The engine hears of them after the commit.
   */
  public void start(DSLContext tx, List<PreparedStart> prepared) {
    if (!prepared.isEmpty()) {
      write(tx, prepared.stream().map(PreparedStart::run).toList());
    }
  }

  private static NewRun newRun(StartRequest request, WorkflowLookup.Startable workflow) {
    RunRow row =
        new RunRow(
            request.startId(),
            workflow.workflowId(),
            workflow.version(),
            null,
            request.mode(),
            request.siteId(),
            request.asOf(),
            request.knowledge(),
            request.businessKey(),
            // The engine gets it later, when the caller may have changed its own.
            request.variables().deepCopy(),
            request.startedBy(),
            "starting",
            false);
    boolean byPerson = request.startKind().equals(StartRequest.BY_PERSON);
    return new NewRun(
        row,
        workflow.processDefinitionKey(),
        payload(request.variables()),
        request.startKind(),
        request.approves(),
        byPerson ? auditEntry(request, workflow) : null);
  }

  /** Writes runs with what is promised of them, and answers with the workflow of each. */
  private List<String> write(DSLContext tx, List<NewRun> asked) {
    Map<UUID, NewRun> runs = new LinkedHashMap<>();
    asked.forEach(run -> runs.putIfAbsent(run.id(), run));
    Set<UUID> written = NewRun.insert(tx, runs.values());
    List<NewRun> fresh = runs.values().stream().filter(run -> written.contains(run.id())).toList();
    if (!fresh.isEmpty()) {
      outbox.enqueue(tx, fresh.stream().map(this::promise).toList());
    }
    for (NewRun run : fresh) {
      if (run.audit() != null) {
        audit.record(tx, run.audit());
      }
    }
    Map<UUID, String> workflows = new HashMap<>();
    fresh.forEach(run -> workflows.put(run.id(), run.row().workflowId()));
    List<UUID> known = runs.keySet().stream().filter(id -> !written.contains(id)).toList();
    if (!known.isEmpty()) {
      workflows.putAll(NewRun.workflows(tx, known));
    }
    return asked.stream().map(run -> Objects.requireNonNull(workflows.get(run.id()))).toList();
  }

  private Outbox.Promise promise(NewRun run) {
    ObjectNode payload = Json.object();
    payload.put("definition", run.definition());
    return new Outbox.Promise(
        START_KIND,
        run.id().toString(),
        payload,
        entry -> commands.begin(run.row(), run.definition()));
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
    if (request.asOf() == null && request.knowledge() != Knowledge.RECORDED) {
      throw ApiException.invalid(
          "knowledge", "Only runs of an earlier time choose what was known. Give asOf with it.");
    }
    if (request.startKind().equals(StartRequest.BY_PERSON)) {
      requireForm(request, workflow);
    }
    return workflow;
  }

  /** Triggers hold what they bring against it themselves, and write down what doesn't fit. */
  private void requireForm(StartRequest request, WorkflowLookup.Startable workflow) {
    List<FieldError> problems =
        workflows
            .startForm(workflow.workflowId(), workflow.version())
            .problems(request.variables());
    if (!problems.isEmpty()) {
      throw ApiException.invalid(problems);
    }
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

  private static AuditEntry auditEntry(StartRequest request, WorkflowLookup.Startable workflow) {
    ObjectNode detail = Json.object();
    detail.put("workflow", workflow.workflowId());
    detail.put("version", workflow.version());
    detail.put("mode", request.mode().label());
    return new AuditEntry(
        request.startedBy(), "run.start", "run", request.startId().toString(), detail);
  }
}
