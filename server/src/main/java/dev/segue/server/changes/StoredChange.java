package dev.segue.server.changes;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of a stored set.
 *
 * @param ordinal its place, counted from 0
 * @param change what is intended
 * @param state how far it has come
 * @param attempt how often it was tried
 * @param outcome what became of it, or null while that is open
 * @param message what to tell people; may be empty
 * @param leaseLive whether an attempt of a living server may still be under way
 * @param finishedAt when its outcome was recorded, or null
 */
public record StoredChange(
    int ordinal,
    Change change,
    ChangeState state,
    int attempt,
    @Nullable ChangeOutcome outcome,
    String message,
    boolean leaseLive,
    @Nullable Instant finishedAt) {}
