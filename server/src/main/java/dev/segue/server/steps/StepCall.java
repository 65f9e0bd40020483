package dev.segue.server.steps;

import dev.segue.bpmn.engine.Job;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.server.plugins.PluginLease;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One job on its way through a step: all that a {@link JobRunner} needs. Valid until the runner
 * returns; nothing of it may be kept.
 */
public final class StepCall {

  private final Job job;
  private final RunContext run;
  private final PluginLease lease;
  private final ObjectNode input;
  private final Duration limit;
  private final ActiveJob active;
  private final StepContexts contexts;

  StepCall(
      Job job,
      RunContext run,
      PluginLease lease,
      ObjectNode input,
      Duration limit,
      ActiveJob active,
      StepContexts contexts) {
    this.job = job;
    this.run = run;
    this.lease = lease;
    this.input = input;
    this.limit = limit;
    this.active = active;
    this.contexts = contexts;
  }

  /** The engine's job: keys, element, headers, retries. */
  public Job job() {
    return job;
  }

  /** The run that the job belongs to. */
  public RunContext run() {
    return run;
  }

  /** The step that serves the job. */
  public StepBinding binding() {
    return lease.binding();
  }

  /** The descriptor of the step type. */
  public StepDescriptor step() {
    return lease.descriptor();
  }

  /** The version of the plugin that serves the job. */
  public String pluginVersion() {
    return lease.pluginVersion();
  }

  /** The variables that the step's input declares, and no others. */
  public ObjectNode input() {
    return input;
  }

  /** How long the step may take: what the diagram says, or else the step. */
  public Duration limit() {
    return limit;
  }

  /**
   * Identifies this step of this run for ever: the same on each delivery, different for each run,
   * element and pass through a loop.
   */
  public String idempotencyKey() {
    return run.runId() + "-" + job.elementInstanceKey();
  }

  /** How the plugin is to be called for this job. */
  public Invocation invocation() {
    return invocation(idempotencyKey());
  }

  /**
   * How the plugin is to be called for one of several effects of this job.
   *
   * @param key what {@code StepContext.idempotencyKey()} says
   */
  public Invocation invocation(String key) {
    return contexts.invocation(this, key);
  }

  /** Why the job has to wait, if one of these connections is paused. */
  public Optional<String> paused(Collection<String> connections) {
    return contexts.paused(connections);
  }

  ActiveJob active() {
    return active;
  }

  PluginLease lease() {
    return lease;
  }
}
