package dev.segue.bpmn.engine;

import java.time.Duration;
import java.util.List;

/**
 * What jobs a worker takes, and how.
 *
 * @param jobType the step type
 * @param workerName who takes the jobs, for the engine's records
 * @param jobTimeout how long a job is ours before the engine offers it again; {@link Engine#extend}
 *     prolongs it
 * @param maxJobsActive the most jobs at a time in the handler, 1 or more
 * @param fetchVariables names of the variables to bring along; empty for all
 * @param pollInterval pause between polls for jobs that weren't pushed
 */
public record JobSubscription(
    String jobType,
    String workerName,
    Duration jobTimeout,
    int maxJobsActive,
    List<String> fetchVariables,
    Duration pollInterval) {

  public JobSubscription {
    if (jobType.isBlank()) {
      throw new IllegalArgumentException("a subscription needs a job type");
    }
    if (maxJobsActive < 1) {
      throw new IllegalArgumentException("maxJobsActive must be 1 or more: " + maxJobsActive);
    }
    if (!jobTimeout.isPositive() || !pollInterval.isPositive()) {
      throw new IllegalArgumentException("jobTimeout and pollInterval must be positive");
    }
    fetchVariables = List.copyOf(fetchVariables);
  }
}
