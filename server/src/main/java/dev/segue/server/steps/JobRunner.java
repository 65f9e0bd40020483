package dev.segue.server.steps;

/** Runs the jobs of one kind of step. Called on a virtual thread; may block. Thread-safe. */
@FunctionalInterface
public interface JobRunner {

  /**
   * Does what the job asks for.
   *
   * @param call the job, prepared: its run is known, its plugin leased, its variables mapped
   * @return how it ended; a runner that has an effect has recorded it by then
   * @throws InterruptedException if the server stops; only while nothing has happened outside
   */
  JobOutcome run(StepCall call) throws InterruptedException;
}
