package dev.segue.server.data;

import static dev.segue.server.storage.jooq.segue.Tables.ARTIFACT;
import static dev.segue.server.storage.jooq.segue.Tables.ARTIFACT_CHUNK;
import static dev.segue.server.storage.jooq.segue.Tables.ARTIFACT_NAME;

import dev.segue.sdk.Artifact;
import dev.segue.sdk.Artifacts;
import dev.segue.server.storage.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Keeps blobs in the database, in chunks, once for each content. Thread-safe. */
public final class ArtifactStore {

  static final int CHUNK = 1 << 20;
  private static final long LARGEST = 512L << 20;
  private static final int LARGEST_METADATA = 64 * 1024;

  /** What has such a name is open to all plugins: a chart for the mail that shows it, say. */
  private static final String SHARED = "shared/";

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._/-]{1,200}");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database database;
  private final Path spool;

  /**
   * Makes a store.
   *
   * @param database holds the blobs
   * @param spool a folder for content on its way in
   */
  public ArtifactStore(Database database, Path spool) {
    this.database = database;
    this.spool = spool;
  }

  /**
   * Opens the store for one attempt of a step.
   *
   * @param pluginId whose artifacts
   * @param asOf up to when artifacts are known; null for the present
   * @param readOnly whether storing is refused
   * @return what the step sees
   */
  public Artifacts of(String pluginId, @Nullable Instant asOf, boolean readOnly) {
    return new PluginArtifacts(pluginId, asOf, readOnly);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private final class PluginArtifacts implements Artifacts {

    private final String pluginId;
    private final @Nullable Instant asOf;
    private final boolean readOnly;

    PluginArtifacts(String pluginId, @Nullable Instant asOf, boolean readOnly) {
      this.pluginId = pluginId;
      this.asOf = asOf;
      this.readOnly = readOnly;
    }

    @Override
    public Artifact put(
        String name, String mediaType, InputStream content, Map<String, String> metadata)
        throws IOException {
      String json = JSON.writeValueAsString(metadata);
      check(name, json);
      Path file = Files.createTempFile(spool, "artifact-", ".part");
      try {
        MessageDigest digest = sha256();
        long size = spool(new DigestInputStream(content, digest), file);
        String sha256 = HexFormat.of().formatHex(digest.digest());
        database.inTransaction(
            tx -> {
              if (insertArtifact(tx, sha256, size)) {
                insertChunks(tx, sha256, file);
              }
              insertName(tx, name, mediaType, sha256, json);
            });
        return history(name, 100).stream()
            .filter(artifact -> artifact.sha256().equals(sha256))
            .findFirst()
            .orElseGet(() -> new Artifact(sha256, name, mediaType, size, metadata, Instant.now()));
      } catch (DataAccessException e) {
        throw new IOException("the artifact " + name + " could not be stored", e);
      } finally {
        Files.deleteIfExists(file);
      }
    }

    @Override
    public InputStream open(String sha256) throws IOException {
      boolean known =
          database
              .jooq()
              .fetchExists(
                  ARTIFACT_NAME,
                  ARTIFACT_NAME
                      .SHA256
                      .eq(sha256)
                      .and(
                          ARTIFACT_NAME
                              .PLUGIN_ID
                              .eq(pluginId)
                              .or(ARTIFACT_NAME.NAME.startsWith(SHARED))));
      if (!known) {
        throw new IOException("the plugin " + pluginId + " has no artifact " + sha256);
      }
      return new ArtifactStream(database, sha256);
    }

    @Override
    public List<Artifact> history(String name, int limit) throws IOException {
      try {
        return database
            .jooq()
            .select(ARTIFACT_NAME.fields())
            .select(ARTIFACT.SIZE)
            .from(ARTIFACT_NAME)
            .join(ARTIFACT)
            .using(ARTIFACT.SHA256)
            .where(ARTIFACT_NAME.PLUGIN_ID.eq(pluginId))
            .and(ARTIFACT_NAME.NAME.eq(name))
            .and(ARTIFACT_NAME.KNOWN_AT.le(asOf == null ? Instant.now() : asOf))
            .orderBy(ARTIFACT_NAME.KNOWN_AT.desc(), ARTIFACT_NAME.SHA256)
            .limit(Math.clamp(limit, 1, 100))
            .fetch(
                row ->
                    new Artifact(
                        row.get(ARTIFACT_NAME.SHA256),
                        name,
                        row.get(ARTIFACT_NAME.MEDIA_TYPE),
                        row.get(ARTIFACT.SIZE),
                        metadata(row.get(ARTIFACT_NAME.METADATA)),
                        row.get(ARTIFACT_NAME.KNOWN_AT)));
      } catch (DataAccessException e) {
        throw new IOException("the artifacts of " + pluginId + " can't be read", e);
      }
    }

    private void check(String name, String metadata) throws IOException {
      if (readOnly) {
        throw new IOException(
            "storing the artifact " + name + " is refused: this step may only read here");
      }
      if (!NAME.matcher(name).matches()) {
        throw new IOException("the artifact name '" + name + "' must match " + NAME.pattern());
      }
      if (metadata.length() > LARGEST_METADATA) {
        throw new IOException(
            "the metadata of the artifact " + name + " is larger than 64 kB; store it as content");
      }
    }

    private void insertName(
        DSLContext tx, String name, String mediaType, String sha256, String metadata) {
      tx.insertInto(ARTIFACT_NAME)
          .set(ARTIFACT_NAME.PLUGIN_ID, pluginId)
          .set(ARTIFACT_NAME.NAME, name)
          .set(ARTIFACT_NAME.SHA256, sha256)
          .set(ARTIFACT_NAME.MEDIA_TYPE, mediaType)
          .set(ARTIFACT_NAME.METADATA, JSONB.valueOf(metadata))
          .onConflictDoNothing()
          .execute();
    }
  }

  private static long spool(InputStream content, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[CHUNK];
      long size = 0;
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        size += read;
        if (size > LARGEST) {
          throw new IOException("an artifact holds at most 512 MiB");
        }
        out.write(buffer, 0, read);
      }
      return size;
    }
  }

  private static boolean insertArtifact(DSLContext tx, String sha256, long size) {
    return tx.insertInto(ARTIFACT)
            .set(ARTIFACT.SHA256, sha256)
            .set(ARTIFACT.SIZE, size)
            .onConflictDoNothing()
            .execute()
        == 1;
  }

  private static void insertChunks(DSLContext tx, String sha256, Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      int ordinal = 0;
      for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
        tx.insertInto(ARTIFACT_CHUNK)
            .set(ARTIFACT_CHUNK.SHA256, sha256)
            .set(ARTIFACT_CHUNK.ORDINAL, ordinal++)
            .set(ARTIFACT_CHUNK.CONTENT, chunk)
            .execute();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> metadata(JSONB json) {
    Map<String, String> metadata = new LinkedHashMap<>();
    JSON.readTree(json.data())
        .properties()
        .forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asString()));
    return metadata;
  }
}
