package dev.segue.bpmn.engine;

/** Takes the jobs of a {@link StepWorker}. */
@FunctionalInterface
public interface JobHandler {

  /**
   * Works on a job, or hands it on. Called on a virtual thread of its own for each job, so it may
   * block; the job counts towards {@link JobSubscription#maxJobsActive()} until it returns. Who
   * handles a job says how it ended by {@link Engine#complete}, {@link Engine#fail} or {@link
   * Engine#throwError}; a job about which nothing is said comes back after its deadline. An
   * exception is logged and fails the job with one retry less.
   */
  void handle(Job job) throws InterruptedException;
}
