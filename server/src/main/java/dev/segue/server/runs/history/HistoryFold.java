package dev.segue.server.runs.history;

import dev.segue.server.runs.history.HistoryRows.Definition;
import dev.segue.server.runs.history.HistoryRows.Element;
import dev.segue.server.runs.history.HistoryRows.Flow;
import dev.segue.server.runs.history.HistoryRows.FlowKey;
import dev.segue.server.runs.history.HistoryRows.Incident;
import dev.segue.server.runs.history.HistoryRows.Job;
import dev.segue.server.runs.history.HistoryRows.Run;
import dev.segue.server.runs.history.HistoryRows.Timer;
import dev.segue.server.runs.history.HistoryRows.UserTask;
import dev.segue.server.runs.history.HistoryRows.Variable;
import dev.segue.server.runs.history.HistoryRows.VariableKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * Folds a batch of records, in the order of one partition, into the rows that they leave behind:
 * what began and ended within the batch is one row, written once. Touches no database.
 */
final class HistoryFold {

  /** The variable that carries a run's context. */
  static final String CONTEXT_VARIABLE = "segue";

  final Map<Long, Run> runs = new LinkedHashMap<>();
  final Map<Long, Element> elements = new LinkedHashMap<>();
  final Map<FlowKey, Flow> flows = new LinkedHashMap<>();
  final Map<VariableKey, Variable> variables = new LinkedHashMap<>();
  final Map<Long, Job> jobs = new LinkedHashMap<>();
  final Map<Long, Incident> incidents = new LinkedHashMap<>();
  final Map<Long, UserTask> userTasks = new LinkedHashMap<>();
  final Map<Long, Timer> timers = new LinkedHashMap<>();
  final Map<Long, Definition> definitions = new LinkedHashMap<>();

  /** Run ids that new process instances carry. */
  final Map<Long, UUID> contexts = new HashMap<>();

  /** Process instances that began in this batch. */
  final Set<Long> begun = new HashSet<>();

  final List<HistoryEvent> events = new ArrayList<>();

  void add(RawRecord record) {
    if (record.isUnreadable()) {
      return;
    }
    switch (record.valueType()) {
      case "PROCESS_INSTANCE" -> processInstance(record);
      case "VARIABLE" -> variable(record);
      case "JOB" -> job(record);
      case "INCIDENT" -> incident(record);
      case "USER_TASK" -> userTask(record);
      case "TIMER" -> timer(record);
      case "PROCESS" -> definition(record);
      default -> {
        // Written by a newer exporter: of no use to this version.
      }
    }
  }

  private void processInstance(RawRecord record) {
    String type = record.text("type");
    if (record.intent().equals("SEQUENCE_FLOW_TAKEN")) {
      Flow flow =
          flows.computeIfAbsent(
              new FlowKey(record.number("run"), record.text("element")), key -> new Flow());
      flow.taken++;
      flow.lastTaken = record.writtenAt();
    } else if (type.equals("PROCESS")) {
      run(record);
    } else {
      element(record, type);
    }
  }

  private void run(RawRecord record) {
    Run run = runs.computeIfAbsent(record.key(), Run::new);
    run.process = record.text("process");
    run.version = (int) record.number("version");
    run.definition = record.number("definition");
    run.parent = record.key("parent");
    run.parentElement = record.key("parentElement");
    switch (record.intent()) {
      case "ELEMENT_ACTIVATED" -> {
        run.startedAt = record.writtenAt();
        begun.add(run.key);
        events.add(
            new HistoryEvent.RunStarted(
                run.key, contexts.get(run.key), run.process, run.version, run.parent));
      }
      case "ELEMENT_COMPLETED", "ELEMENT_TERMINATED" -> {
        boolean completed = record.intent().equals("ELEMENT_COMPLETED");
        run.state = completed ? "completed" : "terminated";
        run.endedAt = record.writtenAt();
        events.add(new HistoryEvent.RunEnded(run.key, null, run.process, completed));
      }
      default -> {
        // Migrated: the definition's fields are taken over above.
      }
    }
  }

  private void element(RawRecord record, String type) {
    Element element =
        elements.computeIfAbsent(record.key(), key -> new Element(key, record.number("run")));
    element.scope = record.key("scope");
    element.elementId = record.text("element");
    element.type = type;
    switch (record.intent()) {
      case "ELEMENT_ACTIVATED" -> element.startedAt = record.writtenAt();
      case "ELEMENT_COMPLETED" -> end(element, "completed", record.writtenAt());
      case "ELEMENT_TERMINATED" -> end(element, "terminated", record.writtenAt());
      default -> {
        // Migrated: it is another element now, in the same state.
      }
    }
  }

  private static void end(Element element, String state, Instant at) {
    element.state = state;
    element.endedAt = at;
  }

  private void variable(RawRecord record) {
    JsonNode value = record.body().path("value");
    long run = record.number("run");
    long scope = record.number("scope");
    String name = record.text("name");
    Long size = record.key("size");
    variables.put(
        new VariableKey(scope, name),
        new Variable(
            run,
            value.isMissingNode() ? "null" : value.toString(),
            record.body().has("cut"),
            size == null ? null : size.intValue(),
            record.writtenAt()));
    if (name.equals(CONTEXT_VARIABLE) && scope == run) {
      runId(value).ifPresent(id -> contexts.putIfAbsent(run, id));
    }
  }

  /** The run id in the context variable; empty if it isn't one of ours. */
  static Optional<UUID> runId(JsonNode context) {
    try {
      return Optional.of(UUID.fromString(context.path("runId").asString("")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void job(RawRecord record) {
    Job job = jobs.computeIfAbsent(record.key(), key -> new Job(key, record.number("run")));
    job.element = record.number("elementInstance");
    job.elementId = record.text("element");
    job.type = record.text("type");
    job.retries = (int) record.number("retries");
    job.updatedAt = record.writtenAt();
    switch (record.intent()) {
      case "CREATED" -> job.createdAt = record.writtenAt();
      case "FAILED" -> {
        job.state = "failed";
        job.failures++;
        job.error = record.text("error");
        job.errorCode = record.textOrNull("errorCode");
      }
      case "ERROR_THROWN" -> {
        job.error = record.text("error");
        job.errorCode = record.textOrNull("errorCode");
        end(job, "error_thrown", record.writtenAt());
      }
      case "COMPLETED" -> end(job, "completed", record.writtenAt());
      case "CANCELED" -> end(job, "canceled", record.writtenAt());
      default -> {
        // New retries, or migrated: the fields are taken over above.
      }
    }
  }

  private static void end(Job job, String state, Instant at) {
    job.state = state;
    job.endedAt = at;
  }

  private void incident(RawRecord record) {
    long run = record.number("run");
    Incident incident = incidents.computeIfAbsent(record.key(), key -> new Incident(key, run));
    incident.element = record.number("elementInstance");
    incident.elementId = record.text("element");
    incident.job = record.key("job");
    incident.type = record.text("type");
    incident.message = record.text("message");
    if (record.intent().equals("CREATED")) {
      incident.createdAt = record.writtenAt();
      events.add(
          new HistoryEvent.IncidentRaised(
              run,
              incident.key,
              incident.elementId,
              incident.job,
              incident.type,
              incident.message));
    } else {
      incident.resolvedAt = record.writtenAt();
      events.add(new HistoryEvent.IncidentResolved(run, incident.key, incident.elementId));
    }
  }

  private void userTask(RawRecord record) {
    long run = record.number("run");
    String elementId = record.text("element");
    UserTask before = userTasks.get(record.key());
    UserTask task = new UserTask(record.key(), record);
    task.createdAt = before == null ? null : before.createdAt;
    userTasks.put(record.key(), task);
    switch (record.intent()) {
      case "CREATED" -> {
        task.createdAt = record.writtenAt();
        events.add(new HistoryEvent.UserTaskCreated(run, task.key, elementId));
      }
      case "COMPLETED", "CANCELED" -> {
        boolean completed = record.intent().equals("COMPLETED");
        task.state = completed ? "completed" : "canceled";
        task.action = completed ? record.textOrNull("action") : null;
        task.endedAt = record.writtenAt();
        events.add(new HistoryEvent.UserTaskEnded(run, task.key, elementId, completed));
      }
      default -> events.add(new HistoryEvent.UserTaskChanged(run, task.key, elementId));
    }
  }

  private void timer(RawRecord record) {
    Timer timer = timers.computeIfAbsent(record.key(), key -> new Timer(key, record.number("run")));
    timer.element = record.number("elementInstance");
    timer.elementId = record.text("element");
    timer.dueMillis = record.number("due");
    if (record.intent().equals("CREATED")) {
      timer.createdAt = record.writtenAt();
    } else {
      timer.state = record.intent().equals("TRIGGERED") ? "triggered" : "canceled";
      timer.endedAt = record.writtenAt();
    }
  }

  private void definition(RawRecord record) {
    long key = record.number("definition");
    Definition definition = definitions.computeIfAbsent(key, Definition::new);
    definition.process = record.text("process");
    definition.version = (int) record.number("version");
    definition.resource = record.text("resource");
    String diagram = record.textOrNull("diagram");
    if (diagram != null) {
      definition.diagram = diagram;
    }
    if (record.intent().equals("CREATED")) {
      definition.deployedAt = record.writtenAt();
      events.add(new HistoryEvent.ProcessDeployed(key, definition.process, definition.version));
    } else {
      definition.deletedAt = record.writtenAt();
    }
  }

  /** Runs whose number of open incidents may have changed. */
  Set<Long> runsWithIncidents() {
    Set<Long> keys = new HashSet<>();
    incidents.values().forEach(incident -> keys.add(incident.run));
    return keys;
  }
}
