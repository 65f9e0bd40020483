package dev.segue.bpmn.engine;

/**
 * An error that the diagram is expected to handle.
 *
 * @param code matched against the codes of the diagram's error events
 * @param message for people
 * @param variablesJson variables of the error event that catches it, from where its output mappings
 *     take them on; the text of a JSON object
 */
public record BpmnError(String code, String message, String variablesJson) {}
