package dev.segue.sdk;

/**
 * Why a change may not be applied.
 *
 * @param ordinal which change, counted from 0 in the list that was looked at
 * @param field the field of {@link Change#after} at fault; empty if it is the change as a whole
 * @param message what is wrong and what would be right, in business words
 */
public record ChangeProblem(int ordinal, String field, String message) {}
