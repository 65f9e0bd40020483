package dev.segue.runtime.schema;

import dev.segue.sdk.Secret;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Secrets of a connection: can be read, never written. */
record SecretCodec() implements Codec {

  @Override
  public ObjectNode schema() {
    return Json.object()
        .put("type", "string")
        .put("format", "password")
        .put("writeOnly", true)
        .put("x-segue-secret", true);
  }

  @Override
  public @Nullable Object read(JsonNode node, Path path, Reading reading) {
    if (node.isString()) {
      return new Secret(node.stringValue());
    }
    reading.problem(path, "must be a text");
    return null;
  }

  @Override
  public @Nullable JsonNode write(Object value, Path path, Writing writing) {
    writing.problem(path, "is a secret, which is never written");
    return null;
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public void secrets(Object value, Consumer<Secret> sink) {
    sink.accept((Secret) value);
  }
}
