package dev.segue.plugins.posfiles;

import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;

/** Remembers, in the plugin's own tables, which file was imported in which state. */
final class ImportLog {

  private final DataSource database;
  private final String site;
  private final String folder;

  ImportLog(DataSource database, String site, String folder) {
    this.database = database;
    this.site = site;
    this.folder = folder;
  }

  /**
   * What a file was when it was imported.
   *
   * @param size in bytes
   * @param modifiedAt by the file system
   * @param sha256 of its bytes
   * @param layout hash of how it was read
   * @param importedAt when
   */
  record Entry(long size, Instant modifiedAt, String sha256, String layout, Instant importedAt) {

    /**
     * As long as a file system may take a new version for the old one: its clock ticks coarsely.
     */
    private static final Duration TICK = Duration.ofSeconds(2);

    /** Whether size and time alone prove that the file is what was imported. */
    boolean isSurely(BasicFileAttributes file) {
      Instant modified = file.lastModifiedTime().toInstant();
      return size == file.size()
          && Duration.between(modifiedAt, modified).abs().toMillis() == 0
          && modified.plus(TICK).isBefore(importedAt);
    }
  }

  Optional<Entry> find(String file) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select size, modified_at, sha256, layout, imported_at from imported_file"
                    + " where site_id = ? and folder = ? and file = ?")) {
      key(select, file);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Entry(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getString(3),
                    row.getString(4),
                    row.getObject(5, OffsetDateTime.class).toInstant()))
            : Optional.empty();
      }
    }
  }

  void save(String file, Entry entry, long lines, long rejected) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement upsert =
            connection.prepareStatement(
                """
                insert into imported_file
                  (site_id, folder, file, size, modified_at, sha256, layout, lines, rejected,
                   imported_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (site_id, folder, file) do update set
                  size = excluded.size, modified_at = excluded.modified_at,
                  sha256 = excluded.sha256, layout = excluded.layout, lines = excluded.lines,
                  rejected = excluded.rejected, imported_at = excluded.imported_at
                """)) {
      key(upsert, file);
      upsert.setLong(4, entry.size());
      upsert.setObject(5, entry.modifiedAt().atOffset(ZoneOffset.UTC));
      upsert.setString(6, entry.sha256());
      upsert.setString(7, entry.layout());
      upsert.setLong(8, lines);
      upsert.setLong(9, rejected);
      upsert.setObject(10, entry.importedAt().atOffset(ZoneOffset.UTC));
      upsert.executeUpdate();
    }
  }

  /** Remembers that a file with a new time still has the old content. */
  void touch(String file, Instant modifiedAt, Instant now) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update imported_file set modified_at = ?, imported_at = ?"
                    + " where site_id = ? and folder = ? and file = ?")) {
      update.setObject(1, modifiedAt.atOffset(ZoneOffset.UTC));
      update.setObject(2, now.atOffset(ZoneOffset.UTC));
      update.setString(3, site);
      update.setString(4, folder);
      update.setString(5, file);
      update.executeUpdate();
    }
  }

  void forgetRejected(String file) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from rejected_line where site_id = ? and folder = ? and file = ?")) {
      key(delete, file);
      delete.executeUpdate();
    }
  }

  private void key(PreparedStatement statement, String file) throws SQLException {
    statement.setString(1, site);
    statement.setString(2, folder);
    statement.setString(3, file);
  }
}
