package dev.segue.server.triggers;

import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A kind of triggers: what its settings mean and what follows of a change. Thread-safe. */
public interface TriggerKind {

  /** By which triggers and the API know it, such as {@code schedule}. */
  String name();

  /**
   * Checks settings that somebody wrote.
   *
   * @param settings as they were sent
   * @return the settings to keep, defaults filled in
   * @throws dev.segue.server.http.ApiException 422 with the fields that make no sense
   */
  ObjectNode check(ObjectNode settings);

  /**
   * The sites that such a trigger can act on.
   *
   * @param settings as {@link #check} returned them
   * @return null if it may act on any
   */
  @Nullable Set<String> sites(ObjectNode settings);

  /** A trigger of this kind was added or changed, in the caller's transaction. */
  void saved(DSLContext tx, Trigger trigger);

  /** A trigger of this kind was removed, in the caller's transaction. */
  void removed(DSLContext tx, Trigger trigger);
}
