package dev.segue.server.triggers;

import dev.segue.server.http.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A moment at which a trigger is to start a run.
 *
 * @param siteId the site of the run; null for none
 * @param key tells the firings of a trigger and site apart: the same key is the same firing,
 *     however often it is asked for
 * @param dueAt when it should have been
 * @param variables what the run begins with, besides the trigger's own; these win
 * @param businessKey by which people know the run; null for none
 * @param event what the trigger's mapping sees as {@code event}
 */
public record Firing(
    Trigger trigger,
    @Nullable String siteId,
    String key,
    Instant dueAt,
    ObjectNode variables,
    @Nullable String businessKey,
    ObjectNode event) {

  /** One whose event is when it was due and the variables that it brings. */
  public Firing(
      Trigger trigger,
      @Nullable String siteId,
      String key,
      Instant dueAt,
      ObjectNode variables,
      @Nullable String businessKey) {
    this(trigger, siteId, key, dueAt, variables, businessKey, event(dueAt, variables));
  }

  private static ObjectNode event(Instant dueAt, ObjectNode variables) {
    ObjectNode event = Json.object().put("dueAt", dueAt.toString());
    event.setAll(variables);
    return event;
  }

  /** What to do with a firing. Pauses come before a start. */
  public sealed interface Verdict {

    /** Start a run. */
    record Start() implements Verdict {}

    /** Start none. */
    record Skip(String reason) implements Verdict {}

    /** Start one later, by {@link TriggerStarts#release}. */
    record Queue(String reason) implements Verdict {}

    /** Start none, since what the event says makes no sense. */
    record Refuse(String reason) implements Verdict {}
  }

  /** The id of its run: always the same, so that a repeated start is the same start. */
  UUID startId() {
    String text = trigger.id() + "\n" + (siteId == null ? "" : siteId) + "\n" + key;
    try {
      ByteBuffer hash =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
      long high = hash.getLong() & ~0xf000L | 0x8000L;
      long low = hash.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
