package dev.segue.bpmn.engine;

/** A signal to all who wait for its name; the variables are the text of a JSON object. */
public record Signal(String name, String variablesJson) {}
