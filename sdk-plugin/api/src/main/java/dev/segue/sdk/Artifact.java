package dev.segue.sdk;

import java.time.Instant;
import java.util.Map;

/**
 * A stored blob.
 *
 * @param sha256 the hash of the content, in 64 lower-case hex digits
 * @param name what the blob is to its plugin
 * @param mediaType such as {@code application/protobuf}
 * @param size in bytes
 * @param metadata as given when it was stored
 * @param createdAt when it was stored
 */
public record Artifact(
    String sha256,
    String name,
    String mediaType,
    long size,
    Map<String, String> metadata,
    Instant createdAt) {

  /** Copies the metadata. */
  public Artifact {
    metadata = Map.copyOf(metadata);
  }
}
