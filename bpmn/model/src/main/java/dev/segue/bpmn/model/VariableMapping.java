package dev.segue.bpmn.model;

/**
 * An input or output mapping.
 *
 * @param source an expression if it begins with an equals sign, else a text
 * @param target the variable that gets the value
 */
public record VariableMapping(String source, String target) {}
