package dev.segue.bpmn.model;

import org.jspecify.annotations.Nullable;

/**
 * A process of a diagram.
 *
 * @param name its label; its id if it has none
 * @param startFormId the form linked to its start event; null if there is none
 */
public record ProcessOutline(
    String id, String name, boolean executable, @Nullable String startFormId) {}
