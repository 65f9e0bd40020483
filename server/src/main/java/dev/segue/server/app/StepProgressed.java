package dev.segue.server.app;

/**
 * A running step says how far it has come; told on the event bus.
 *
 * @param runId the run
 * @param elementId the step's element in the diagram
 * @param fraction 0.0 to 1.0
 * @param text one line; may be empty
 */
public record StepProgressed(String runId, String elementId, double fraction, String text) {}
