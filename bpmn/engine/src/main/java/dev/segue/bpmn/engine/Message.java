package dev.segue.bpmn.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message for a waiting or a new run.
 *
 * @param correlationKey what the receiver waits for; empty for a message start event without key
 * @param timeToLive how long the engine keeps it for a receiver that comes later; zero for not
 * @param messageId makes the publication idempotent within the time to live; null for none
 * @param variablesJson the text of a JSON object
 */
public record Message(
    String name,
    String correlationKey,
    Duration timeToLive,
    @Nullable String messageId,
    String variablesJson) {}
