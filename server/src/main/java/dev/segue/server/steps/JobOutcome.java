package dev.segue.server.steps;

import dev.segue.runtime.call.Interruption;
import dev.segue.runtime.call.StepFailure;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How the work on a job ended, and with it what the engine is told. */
public sealed interface JobOutcome {

  /**
   * The job is done.
   *
   * @param result goes into the run as the task's headers say
   */
  record Completed(ObjectNode result) implements JobOutcome {}

  /**
   * An outcome that the diagram handles.
   *
   * @param code matched against the diagram's error events
   */
  record BusinessError(String code, String message) implements JobOutcome {}

  /**
   * It failed and may be tried again: takes one of the job's retries, and is an incident after the
   * last.
   *
   * @param after the pause, or empty for what the task's headers say
   * @param failed whether the plugin was at fault, or too slow
   */
  record Retry(String message, Optional<Duration> after, boolean failed) implements JobOutcome {}

  /**
   * It failed, and only a person can help: an incident at once.
   *
   * @param failed whether the plugin was at fault, or too slow, or didn't take its input
   */
  record Incident(String message, boolean failed) implements JobOutcome {

    /** An incident that tells nothing of the plugin. */
    public Incident(String message) {
      this(message, false);
    }
  }

  /** It couldn't be begun, or goes on elsewhere: offered again later, with all its retries. */
  record Later(Duration after, String message) implements JobOutcome {}

  /** Nobody waits for it any more: the engine is told nothing. */
  record Gone(String message) implements JobOutcome {}

  /**
   * What a failure means where it is certain that nothing has happened outside.
   *
   * @param failure of a call that read at most, or was refused before its effect
   */
  static JobOutcome ofHarmless(StepFailure failure) {
    return switch (failure) {
      case StepFailure.BusinessError error -> new BusinessError(error.code(), error.message());
      case StepFailure.Retry retry -> new Retry(retry.message(), Optional.of(retry.after()), false);
      case StepFailure.InvalidInput input -> new Incident(input.message(), true);
      case StepFailure.Interrupted interrupted -> ofInterruption(interrupted);
      case StepFailure.TimedOut timedOut -> new Retry(timedOut.message(), Optional.empty(), true);
      case StepFailure.InvalidOutput output -> new Retry(output.message(), Optional.empty(), true);
      case StepFailure.Fault fault -> new Retry(fault.message(), Optional.empty(), true);
    };
  }

  private static JobOutcome ofInterruption(StepFailure.Interrupted interrupted) {
    return interrupted.reason() == Interruption.CANCELLED
        ? new Gone(interrupted.message())
        : new Later(Duration.ZERO, interrupted.message());
  }
}
