package dev.segue.server.steps;

import dev.segue.bpmn.engine.BpmnError;
import dev.segue.bpmn.engine.Deployment;
import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.FailCommand;
import dev.segue.bpmn.engine.Job;
import dev.segue.bpmn.engine.JobHandler;
import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.Message;
import dev.segue.bpmn.engine.Migration;
import dev.segue.bpmn.engine.Modification;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.Signal;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.bpmn.engine.StartedRun;
import dev.segue.bpmn.engine.StepWorker;
import dev.segue.bpmn.engine.Topology;
import dev.segue.bpmn.engine.UserTaskChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The jobs of an engine without the engine: offers them, hears how they ended, offers them again.
 */
final class InMemoryEngine implements Engine {

  /** How a job stands. */
  enum State {
    OPEN,
    COMPLETED,
    ERROR,
    INCIDENT,
    CANCELLED
  }

  /** A job and what became of it. */
  static final class JobRecord {
    private final Job template;
    volatile State state = State.OPEN;
    volatile int retries;
    volatile String answer = "";
    volatile int deliveries;
    final List<String> failures = new CopyOnWriteArrayList<>();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    volatile int extensions;

    JobRecord(Job template) {
      this.template = template;
      this.retries = template.retries();
    }

    long key() {
      return template.key();
    }

    long elementInstanceKey() {
      return template.elementInstanceKey();
    }
  }

  private record Worker(JobSubscription subscription, JobHandler handler) {}

  private final AtomicLong keys = new AtomicLong(1000);
  private final Map<String, Worker> workers = new ConcurrentHashMap<>();
  private final Map<Long, JobRecord> jobs = new ConcurrentHashMap<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  /** Makes a job and offers it. */
  JobRecord offer(String type, long run, Map<String, String> headers, String variables) {
    JobRecord record = prepare(type, run, headers, variables);
    deliver(record);
    return record;
  }

  /** Makes a job that is to be offered later. */
  JobRecord prepare(String type, long run, Map<String, String> headers, String variables) {
    long key = keys.incrementAndGet();
    Job job =
        new Job(
            key,
            type,
            run,
            "test",
            1,
            1,
            "task",
            keys.incrementAndGet(),
            headers,
            variables,
            3,
            Instant.now());
    JobRecord record = new JobRecord(job);
    jobs.put(key, record);
    return record;
  }

  /** Offers a job once more, as after its time-out or a resolved incident. */
  void deliver(JobRecord record) {
    Worker worker = workers.get(record.template.type());
    if (worker == null) {
      timer.schedule(() -> deliver(record), 20, TimeUnit.MILLISECONDS);
      return;
    }
    record.deliveries++;
    Job t = record.template;
    Job job =
        new Job(
            t.key(),
            t.type(),
            t.processInstanceKey(),
            t.bpmnProcessId(),
            t.processDefinitionVersion(),
            t.processDefinitionKey(),
            t.elementId(),
            t.elementInstanceKey(),
            t.customHeaders(),
            t.variablesJson(),
            record.retries,
            Instant.now().plus(worker.subscription.jobTimeout()));
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                worker.handler.handle(job);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  /** Resolves the incident of a job. */
  void resolve(JobRecord record) {
    record.retries = 1;
    record.state = State.OPEN;
    deliver(record);
  }

  /** Ends a job from outside, as when its run is cancelled. */
  void cancelJob(JobRecord record) {
    record.state = State.CANCELLED;
  }

  @Override
  public StepWorker serve(JobSubscription subscription, JobHandler handler) {
    Worker worker = new Worker(subscription, handler);
    workers.put(subscription.jobType(), worker);
    return new StepWorker() {
      @Override
      public String jobType() {
        return subscription.jobType();
      }

      @Override
      public boolean isOpen() {
        return workers.get(subscription.jobType()) == worker;
      }

      @Override
      public void close() {
        workers.remove(subscription.jobType(), worker);
      }
    };
  }

  private JobRecord open(long jobKey) {
    JobRecord record = jobs.get(jobKey);
    if (record == null || record.state != State.OPEN) {
      throw new EngineException(EngineException.Kind.NOT_FOUND, "job " + jobKey + " is gone", null);
    }
    return record;
  }

  @Override
  public void complete(long jobKey, String variablesJson) {
    JobRecord record = open(jobKey);
    record.answer = variablesJson;
    record.state = State.COMPLETED;
  }

  @Override
  public CompletionStage<Void> completeAsync(long jobKey, String variablesJson) {
    return async(() -> complete(jobKey, variablesJson));
  }

  @Override
  public void fail(long jobKey, FailCommand command) {
    JobRecord record = open(jobKey);
    record.failures.add(command.message());
    record.pauses.add(command.backOff());
    record.retries = command.retries();
    if (command.retries() == 0) {
      record.state = State.INCIDENT;
      return;
    }
    timer.schedule(() -> deliver(record), command.backOff().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletionStage<Void> failAsync(long jobKey, FailCommand command) {
    return async(() -> fail(jobKey, command));
  }

  private static CompletionStage<Void> async(Runnable command) {
    return CompletableFuture.runAsync(command);
  }

  @Override
  public void throwError(long jobKey, BpmnError error) {
    JobRecord record = open(jobKey);
    record.answer = error.code() + ": " + error.message();
    record.state = State.ERROR;
  }

  @Override
  public void extend(long jobKey, Duration timeout) {
    open(jobKey).extensions++;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  @Override
  public Topology topology() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Deployment deploy(List<Resource> resources) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StartedRun start(StartCommand command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<StartedRun> startAsync(StartCommand command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long publish(Message message) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void broadcast(Signal signal) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void updateRetries(long jobKey, int retries) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void resolveIncident(long incidentKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setVariables(long scopeKey, String variablesJson, boolean local) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void cancel(long processInstanceKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void modify(long processInstanceKey, Modification modification) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void migrate(long processInstanceKey, Migration migration) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void assign(long userTaskKey, String assignee, boolean allowOverride, String action) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unassign(long userTaskKey) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void updateTask(long userTaskKey, UserTaskChanges changes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void completeTask(long userTaskKey, String variablesJson, String action) {
    throw new UnsupportedOperationException();
  }
}
