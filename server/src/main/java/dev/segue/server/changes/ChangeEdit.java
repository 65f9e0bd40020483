package dev.segue.server.changes;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an approver alters in one change.
 *
 * @param ordinal which change, counted from 0
 * @param remove whether the change is to be left out
 * @param after new values of editable fields, by name; null if nothing but {@code remove} is said
 */
public record ChangeEdit(int ordinal, boolean remove, @Nullable Map<String, Object> after) {}
