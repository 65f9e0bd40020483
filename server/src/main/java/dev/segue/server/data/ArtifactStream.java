package dev.segue.server.data;

import static dev.segue.server.storage.jooq.segue.Tables.ARTIFACT_CHUNK;

import dev.segue.server.storage.Database;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads an artifact chunk by chunk, and refuses its end if the content isn't what was stored. */
final class ArtifactStream extends InputStream {

  private final Database database;
  private final String sha256;
  private final MessageDigest digest = ArtifactStore.sha256();
  private byte @Nullable [] chunk = new byte[0];
  private int position;
  private int next;

  ArtifactStream(Database database, String sha256) {
    this.database = database;
    this.sha256 = sha256;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    byte[] current = current();
    if (current == null) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, target, offset, count);
    position += count;
    return count;
  }

  private byte @Nullable [] current() throws IOException {
    while (chunk != null && position == chunk.length) {
      chunk =
          database
              .jooq()
              .select(ARTIFACT_CHUNK.CONTENT)
              .from(ARTIFACT_CHUNK)
              .where(ARTIFACT_CHUNK.SHA256.eq(sha256))
              .and(ARTIFACT_CHUNK.ORDINAL.eq(next++))
              .fetchOne(ARTIFACT_CHUNK.CONTENT);
      position = 0;
      if (chunk == null) {
        check();
      } else {
        digest.update(chunk);
      }
    }
    return chunk;
  }

  private void check() throws IOException {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(sha256)) {
      throw new IOException(
          "the artifact " + sha256 + " is damaged: its content has the hash " + found);
    }
  }
}
