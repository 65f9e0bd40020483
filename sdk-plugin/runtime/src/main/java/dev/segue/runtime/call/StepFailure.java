package dev.segue.runtime.call;

import dev.segue.runtime.schema.FieldProblem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a call gave no result. Plain data that holds no object of the plugin, with secrets masked.
 */
public sealed interface StepFailure {

  /**
   * Says what happened.
   *
   * @return one or more sentences for the person who looks at the run
   */
  String message();

  /**
   * An outcome that the diagram handles.
   *
   * @param code the BPMN error code
   */
  record BusinessError(String code, String message) implements StepFailure {}

  /**
   * The step asks to be run again.
   *
   * @param after how long to wait
   */
  record Retry(Duration after, String message) implements StepFailure {}

  /**
   * The attempt took too long and was interrupted.
   *
   * @param limit how long it might have taken
   * @param stillRunning whether it didn't heed the interrupts, and nobody waits for it any more
   */
  record TimedOut(Duration limit, boolean stillRunning) implements StepFailure {

    /** An attempt that ended when it was interrupted. */
    public TimedOut(Duration limit) {
      this(limit, false);
    }

    @Override
    public String message() {
      return "The attempt was interrupted because it took more than "
          + limit
          + (stillRunning
              ? ". It doesn't heed the interrupt, so its thread still runs and what it does is lost;"
                  + " mend the plugin."
              : ". Give it more time by the task header segue.timeout, or find out what it waits"
                  + " for.");
    }
  }

  /**
   * The attempt was ended from outside.
   *
   * @param reason why
   */
  record Interrupted(Interruption reason) implements StepFailure {
    @Override
    public String message() {
      return switch (reason) {
        case DEADLINE -> "The attempt was interrupted because its time was up.";
        case CANCELLED -> "The attempt was interrupted because its run no longer needs it.";
        case SHUTDOWN -> "The attempt was interrupted because the host stops.";
        case UNKNOWN -> "The attempt was interrupted.";
      };
    }
  }

  /**
   * The input breaks the step's schema; trying again cannot help.
   *
   * @param problems at least one
   */
  record InvalidInput(List<FieldProblem> problems) implements StepFailure {
    /** Copies the list. */
    public InvalidInput {
      problems = List.copyOf(problems);
    }

    @Override
    public String message() {
      return "The step's input is wrong: " + words(problems) + ". Mend the task's input mapping.";
    }
  }

  /**
   * The result breaks the step's schema, which is a fault of the plugin; an effect may have
   * happened.
   *
   * @param problems at least one
   */
  record InvalidOutput(List<FieldProblem> problems) implements StepFailure {
    /** Copies the list. */
    public InvalidOutput {
      problems = List.copyOf(problems);
    }

    @Override
    public String message() {
      return "The plugin returned a result that breaks its own schema: " + words(problems) + ".";
    }
  }

  /**
   * The plugin threw something else.
   *
   * @param type the class of what it threw
   * @param message that class and its message
   * @param trace the stack trace, at most 16,000 characters
   * @param error whether it was an {@link Error}, which trying again rarely helps
   */
  record Fault(String type, String message, String trace, boolean error) implements StepFailure {

    /** A fault that was no {@link Error}. */
    public Fault(String type, String message, String trace) {
      this(type, message, trace, false);
    }
  }

  private static String words(List<FieldProblem> problems) {
    return problems.stream().map(FieldProblem::toString).collect(Collectors.joining("; "));
  }
}
