package dev.segue.server.connections;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A connection as people see it: secrets are named, never shown.
 *
 * @param name identifies it: 2 to 60 characters of {@code [a-z0-9-]}
 * @param type {@code plugin:type}
 * @param fields the settings that aren't secret; a copy with each call
 * @param secretsSet names of the secret fields that have a value
 * @param paused whether steps are kept from using it
 * @param healthMessage what the last test found; may be empty
 * @param healthAt when it was last tested
 * @param healthTook how long that test took
 * @param version rises with each change, for edits at the same time
 */
public record ConnectionView(
    String name,
    String type,
    ObjectNode fields,
    Set<String> secretsSet,
    boolean paused,
    Health health,
    String healthMessage,
    Optional<Instant> healthAt,
    Optional<Duration> healthTook,
    int version,
    String updatedBy,
    Instant updatedAt) {

  /** What the last test of a connection found. */
  public enum Health {
    /** It hasn't been tested since it was changed. */
    UNKNOWN,
    /** Steps can use it. */
    WORKS,
    /** Steps can't use it; the message says why. */
    FAILS
  }

  /** Copies what is mutable. */
  public ConnectionView {
    fields = fields.deepCopy();
    secretsSet = Set.copyOf(secretsSet);
  }

  @Override
  public ObjectNode fields() {
    return fields.deepCopy();
  }
}
