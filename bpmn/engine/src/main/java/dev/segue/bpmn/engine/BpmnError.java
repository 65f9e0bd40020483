package dev.segue.bpmn.engine;

/**
 * An error that the diagram is expected to handle.
 *
 * @param code matched against the codes of the diagram's error events
 * @param message for people
 * @param variablesJson variables for the path that handles it, the text of a JSON object
 */
public record BpmnError(String code, String message, String variablesJson) {}
