package dev.segue.server.plugins;

import dev.segue.server.storage.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import org.jooq.DSLContext;

/** Plugin zips in parts in the table {@code segue.plugin_zip_part}. Thread-safe. */
final class PgPluginZips implements PluginZips {

  private static final int PART_BYTES = 1 << 20;

  /** For half a gigabyte on a busy machine. */
  private static final Duration STORE_LIMIT = Duration.ofMinutes(5);

  private final Database database;

  PgPluginZips(Database database) {
    this.database = database;
  }

  @Override
  public void store(String sha256, Path zip) throws IOException {
    try {
      database.<Void>transaction(
          STORE_LIMIT,
          tx -> {
            store(tx, sha256, zip);
            return null;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void store(DSLContext tx, String sha256, Path zip) {
    try (InputStream in = Files.newInputStream(zip)) {
      boolean isNew =
          Boolean.TRUE.equals(
              tx.fetchSingle(
                      """
                      insert into segue.plugin_zip as z (sha256, size) values (?, ?)
                      on conflict (sha256) do update set stored_at = now()
                      returning (z.xmax = 0)\
                      """,
                      sha256,
                      Files.size(zip))
                  .get(0, Boolean.class));
      if (!isNew) {
        return;
      }
      MessageDigest digest = Sha256.digest();
      byte[] part = in.readNBytes(PART_BYTES);
      for (int ordinal = 0; part.length > 0; ordinal++) {
        digest.update(part);
        tx.execute(
            "insert into segue.plugin_zip_part (sha256, ordinal, content) values (?, ?, ?)",
            sha256,
            ordinal,
            part);
        part = in.readNBytes(PART_BYTES);
      }
      mustBe(sha256, digest, zip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Set<String> stored(Collection<String> sha256) {
    return database
        .jooq()
        .fetch(
            "select sha256 from segue.plugin_zip where sha256 = any(?)",
            (Object) sha256.toArray(String[]::new))
        .intoSet(0, String.class);
  }

  @Override
  public boolean fetch(String sha256, Path target) throws IOException {
    MessageDigest digest = Sha256.digest();
    int ordinal = 0;
    try (OutputStream out = Files.newOutputStream(target)) {
      for (byte[] part = part(sha256, 0); part.length > 0; part = part(sha256, ordinal)) {
        digest.update(part);
        out.write(part);
        ordinal++;
      }
    }
    if (ordinal == 0) {
      return false;
    }
    mustBe(sha256, digest, target);
    return true;
  }

  private byte[] part(String sha256, int ordinal) {
    return database
        .jooq()
        .fetchOptional(
            "select content from segue.plugin_zip_part where sha256 = ? and ordinal = ?",
            sha256,
            ordinal)
        .map(row -> row.get(0, byte[].class))
        .orElseGet(() -> new byte[0]);
  }

  @Override
  public void deleteUnused(Duration age) {
    database
        .jooq()
        .execute(
            """
            delete from segue.plugin_zip z
            where stored_at < now() - make_interval(secs => ?) and not exists (
              select from segue.plugin_version v
              where v.sha256 = z.sha256 and v.state <> 'removed')\
            """,
            age.toSeconds());
  }

  private static void mustBe(String sha256, MessageDigest digest, Path zip) throws IOException {
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(sha256)) {
      throw new IOException("%s has the SHA-256 %s, not %s".formatted(zip, found, sha256));
    }
  }
}
