package dev.segue.server.steps;

import tools.jackson.databind.node.ObjectNode;

/**
 * A step that the server itself has run, outside of a job: such as telling people that something
 * waits for them.
 *
 * @param stepType a step that runs as a whole
 * @param input the variables that it gets
 * @param key identifies the errand for ever: under one key, an effect is begun once
 * @param run for which run it is done; must be live
 * @param elementInstanceKey for which element of it
 * @param elementId that element's id in the diagram
 */
public record Errand(
    String stepType,
    ObjectNode input,
    String key,
    RunContext run,
    long elementInstanceKey,
    String elementId) {}
