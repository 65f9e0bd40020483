package dev.segue.server.steps;

import java.util.Optional;

/** Knows the runs; implemented by those who start and project them. Thread-safe. */
public interface RunContexts {

  /**
   * Looks a run up, and claims it for its start if it is new. Blocks; asked on virtual threads,
   * once per run where the answer can be kept.
   */
  Lookup find(Query query);

  /**
   * Which run is meant.
   *
   * @param processInstanceKey the engine's key
   * @param bpmnProcessId the process
   * @param claimedRunId what the variable {@code segue} says; not to be trusted but as a claim
   */
  record Query(long processInstanceKey, String bpmnProcessId, Optional<String> claimedRunId) {}

  /** What is known of a run. */
  sealed interface Lookup {

    /** The run is known. */
    record Known(RunContext run) implements Lookup {}

    /**
     * It isn't known yet, such as a child whose parent hasn't been projected.
     *
     * @param what is waited for, for the log
     */
    record NotYet(String what) implements Lookup {}

    /**
     * No step of it may run, such as of the duplicate of a start that another run has claimed; it
     * is being cancelled.
     *
     * @param why for the log
     */
    record Forbidden(String why) implements Lookup {}
  }
}
