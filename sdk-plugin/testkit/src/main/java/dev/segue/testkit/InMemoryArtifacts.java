package dev.segue.testkit;

import dev.segue.sdk.Artifact;
import dev.segue.sdk.Artifacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Keeps artifacts in memory, under the same rules as the server. */
public final class InMemoryArtifacts implements Artifacts {

  private static final int MOST_BYTES = 512 * 1024 * 1024;

  private final Map<String, byte[]> blobs = new HashMap<>();
  private final List<Artifact> stored = new ArrayList<>();

  @Override
  public synchronized Artifact put(
      String name, String mediaType, InputStream content, Map<String, String> metadata)
      throws IOException {
    if (!name.matches("[a-zA-Z0-9._/-]{1,200}")) {
      throw new IOException(
          "an artifact's name has 1 to 200 characters of [a-zA-Z0-9._/-]: '" + name + "'");
    }
    byte[] bytes = content.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new IOException("an artifact has at most 512 MiB: '" + name + "'");
    }
    String hash = sha256(bytes);
    for (Artifact known : stored) {
      if (known.sha256().equals(hash) && known.name().equals(name)) {
        return known;
      }
    }
    blobs.put(hash, bytes);
    Artifact artifact = new Artifact(hash, name, mediaType, bytes.length, metadata, Instant.now());
    stored.add(artifact);
    return artifact;
  }

  @Override
  public synchronized InputStream open(String sha256) throws IOException {
    byte[] bytes = blobs.get(sha256);
    if (bytes == null) {
      throw new IOException("there is no artifact with the hash " + sha256);
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public synchronized List<Artifact> history(String name, int limit) {
    return stored.reversed().stream()
        .filter(artifact -> artifact.name().equals(name))
        .limit(limit)
        .toList();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
