package dev.segue.bpmn.engine;

/** A running subscription to jobs of one type. */
public interface StepWorker extends AutoCloseable {

  /** The job type that it takes. */
  String jobType();

  /** Whether it takes new jobs. */
  boolean isOpen();

  /** Stops taking new jobs at once. Jobs in the handler go on. Idempotent. */
  @Override
  void close();
}
