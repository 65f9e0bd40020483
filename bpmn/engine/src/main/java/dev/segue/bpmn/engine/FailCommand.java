package dev.segue.bpmn.engine;

import java.time.Duration;

/**
 * How a job failed.
 *
 * @param retries attempts left; 0 makes an incident
 * @param backOff pause before the next attempt; zero for none
 * @param message what went wrong, shown in the incident
 * @param variablesJson variables to set in the job's scope, the text of a JSON object
 */
public record FailCommand(int retries, Duration backOff, String message, String variablesJson) {

  public FailCommand {
    if (retries < 0 || backOff.isNegative()) {
      throw new IllegalArgumentException("retries and backOff must not be negative");
    }
  }
}
