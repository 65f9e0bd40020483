package dev.segue.sdk;

/**
 * A change together with its outcome.
 *
 * @param change the change as it was approved
 * @param outcome what became of it
 */
public record ChangeResult(Change change, ChangeOutcome outcome) {}
