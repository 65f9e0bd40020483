package dev.segue.server.runs.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A record as the exporter wrote it. */
record RawRecord(
    long position, Instant writtenAt, String valueType, String intent, long key, JsonNode body) {

  /** What a record without a body says: PostgreSQL couldn't store it. */
  boolean isUnreadable() {
    return body.has("unreadable");
  }

  long number(String field) {
    return body.path(field).asLong();
  }

  @Nullable Long key(String field) {
    JsonNode value = body.get(field);
    return value == null ? null : value.asLong();
  }

  String text(String field) {
    return body.path(field).asString("");
  }

  @Nullable String textOrNull(String field) {
    JsonNode value = body.get(field);
    return value == null ? null : value.asString();
  }
}
