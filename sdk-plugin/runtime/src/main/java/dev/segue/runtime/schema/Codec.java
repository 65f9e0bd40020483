package dev.segue.runtime.schema;

import dev.segue.sdk.Secret;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads, writes and describes the values of one Java type. Immutable and thread-safe. */
interface Codec {

  /** A new JSON Schema of what {@link #read} takes and {@link #write} gives. */
  ObjectNode schema();

  /** The value; null if a problem has been reported. */
  @Nullable Object read(JsonNode node, Path path, Reading reading);

  /** The JSON; null if a problem has been reported. */
  @Nullable JsonNode write(Object value, Path path, Writing writing);

  /** Whether the JSON is a string, so that a default or an example is written without quotes. */
  default boolean isText() {
    return false;
  }

  /** Hands every secret within a value to a sink. */
  default void secrets(Object value, Consumer<Secret> sink) {}
}
