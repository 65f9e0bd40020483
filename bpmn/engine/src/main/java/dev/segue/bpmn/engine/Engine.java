package dev.segue.bpmn.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A BPMN process engine, embedded or remote.
 *
 * <p>Every method may be called from any thread. The blocking ones are meant for virtual threads;
 * those that end in {@code Async} return at once and complete their stage on a thread of the
 * adapter, so do no blocking work in a dependent stage. Variables travel as the text of a JSON
 * object; {@code "{}"} stands for none.
 *
 * <p>Commands are repeated with jittered back-off, within the adapter's command deadline, while the
 * engine pushes back or is away. Commands that must not run twice ({@link #start}, {@link
 * #broadcast}, {@link #modify} and {@link #publish} without a message id) are repeated only when
 * the earlier attempt certainly didn't run; otherwise they fail with {@link
 * EngineException#uncertain()}. All failures are {@link EngineException}s.
 */
public interface Engine extends AutoCloseable {

  /** Asks once, without repetition, who leads and how the engine is. */
  Topology topology();

  /**
   * Deploys the resources as one unit: all of them or none. Resources that didn't change keep their
   * version. A model that the engine can't run is refused with {@link EngineException.Kind#INVALID}
   * and a message that names the element.
   */
  Deployment deploy(List<Resource> resources);

  /** Creates a process instance. Not idempotent. */
  StartedRun start(StartCommand command);

  /** Like {@link #start}. */
  CompletionStage<StartedRun> startAsync(StartCommand command);

  /**
   * Publishes a message and returns its key. With a message id, a second publication within the
   * time to live fails with {@link EngineException.Kind#CONFLICT}, which tells that it is already
   * there.
   */
  long publish(Message message);

  /** Broadcasts a signal to all who wait for it now. Not idempotent. */
  void broadcast(Signal signal);

  /**
   * Starts to take jobs of one type, pushed by the engine with polling as the fallback. Outages of
   * the engine are sat out.
   */
  StepWorker serve(JobSubscription subscription, JobHandler handler);

  /**
   * Completes a job. {@link EngineException.Kind#NOT_FOUND} means that the job is gone: completed
   * before, or cancelled with its run.
   */
  void complete(long jobKey, String variablesJson);

  /** Like {@link #complete}. */
  CompletionStage<Void> completeAsync(long jobKey, String variablesJson);

  /**
   * Fails a job: it is offered again after the back-off, or, with no retries left, is an incident.
   */
  void fail(long jobKey, FailCommand command);

  /** Like {@link #fail}. */
  CompletionStage<Void> failAsync(long jobKey, FailCommand command);

  /** Raises a BPMN error at the job's element. An error that nothing catches is an incident. */
  void throwError(long jobKey, BpmnError error);

  /** Moves the deadline of an active job to {@code timeout} from now. */
  void extend(long jobKey, Duration timeout);

  /** Sets the retries of a job, usually before its incident is resolved. {@code retries} >= 1. */
  void updateRetries(long jobKey, int retries);

  /** Resolves an incident: the engine tries again from where it stopped. */
  void resolveIncident(long incidentKey);

  /**
   * Sets variables at an element instance or process instance.
   *
   * @param local true to set them in exactly that scope; false to let each one go to the nearest
   *     scope that has it, and new ones to the process instance
   */
  void setVariables(long scopeKey, String variablesJson, boolean local);

  /** Cancels a process instance, with all that is active in it. */
  void cancel(long processInstanceKey);

  /** Activates and terminates elements of a process instance. Not idempotent. */
  void modify(long processInstanceKey, Modification modification);

  /** Moves a process instance to another process definition. */
  void migrate(long processInstanceKey, Migration migration);

  /**
   * Assigns a user task.
   *
   * @param allowOverride false to fail with {@link EngineException.Kind#CONFLICT} if it is assigned
   *     to somebody
   * @param action what the caller calls this, kept in the engine's records, such as {@code claim}
   */
  void assign(long userTaskKey, String assignee, boolean allowOverride, String action);

  /** Takes the assignee off a user task. */
  void unassign(long userTaskKey);

  /** Changes a user task's candidates and dates. */
  void updateTask(long userTaskKey, UserTaskChanges changes);

  /**
   * Completes a user task. {@link EngineException.Kind#NOT_FOUND} means that it is gone: completed
   * before, or cancelled by a timer or with its run.
   *
   * @param action as for {@link #assign}, such as {@code approve}
   */
  void completeTask(long userTaskKey, String variablesJson, String action);

  /** Closes all workers, waits for nothing, and lets pending commands fail. Idempotent. */
  @Override
  void close();
}
