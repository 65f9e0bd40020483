package dev.segue.server.triggers;

import java.time.Instant;
import java.util.List;
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
   * Checks that what the settings refer to is there. A trigger that comes paused with its workflow
   * is not checked before it is resumed.
   *
   * @param settings as {@link #check} returned them
   * @throws dev.segue.server.http.ApiException 422 with the fields that refer to nothing
   */
  default void checkReady(ObjectNode settings) {}

  /**
   * The sites that such a trigger can act on.
   *
   * @param settings as {@link #check} returned them
   * @return null if it may act on any
   */
  @Nullable Set<String> sites(ObjectNode settings);

  /** The variables that each firing brings by itself, besides those of the trigger. */
  default Set<String> brings() {
    return Set.of();
  }

  /** What people should know of a trigger of this kind, such as that it can't fire yet. */
  default List<String> warnings(DSLContext tx, Trigger trigger) {
    return List.of();
  }

  /**
   * What a sample would be to a trigger of this kind.
   *
   * @param trigger need not be saved
   * @param sample what somebody supposes to happen
   */
  default EventSample sample(Trigger trigger, EventSample.Given sample) {
    return EventSample.of(sample, brings());
  }

  /** What was decided before that time is forgotten, in the caller's transaction. */
  default void forgetBefore(DSLContext tx, Instant time) {}

  /** A trigger of this kind was added or changed, in the caller's transaction. */
  void saved(DSLContext tx, Trigger trigger);

  /** A trigger of this kind was removed, in the caller's transaction. */
  void removed(DSLContext tx, Trigger trigger);
}
