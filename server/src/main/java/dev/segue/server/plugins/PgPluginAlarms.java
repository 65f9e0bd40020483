package dev.segue.server.plugins;

import dev.segue.server.storage.Database;
import java.util.UUID;
import org.jooq.DSLContext;

/** Alarms in the table {@code segue.alarm}: one open alarm per kind and subject. Thread-safe. */
final class PgPluginAlarms implements PluginAlarms {

  private final Database database;

  /** Writes to this database. */
  PgPluginAlarms(Database database) {
    this.database = database;
  }

  @Override
  public void raise(String kind, String subject, String message) {
    raise(database.jooq(), kind, subject, message);
  }

  /** Likewise, as a part of something bigger. */
  static void raise(DSLContext tx, String kind, String subject, String message) {
    tx.execute(
        """
        insert into segue.alarm (alarm_id, kind, subject, severity, message)
        values (?::uuid, ?, ?, 'warning', ?)
        on conflict (kind, subject) where cleared_at is null
        do update set message = excluded.message\
        """,
        UUID.randomUUID(),
        kind,
        subject,
        message);
  }

  @Override
  public void clear(String kind, String subject) {
    clear(database.jooq(), kind, subject);
  }

  /** Likewise, as a part of something bigger. */
  static void clear(DSLContext tx, String kind, String subject) {
    tx.execute(
        """
        update segue.alarm set cleared_at = now()
        where kind = ? and subject = ? and cleared_at is null\
        """,
        kind,
        subject);
  }
}
