package dev.segue.server.plugins;

import dev.segue.server.storage.Database;
import java.util.UUID;

/** Alarms in the table {@code segue.alarm}: one open alarm per kind and subject. Thread-safe. */
final class PgPluginAlarms implements PluginAlarms {

  private final Database database;

  /** Writes to this database. */
  PgPluginAlarms(Database database) {
    this.database = database;
  }

  @Override
  public void raise(String kind, String subject, String message) {
    database
        .jooq()
        .execute(
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
    database
        .jooq()
        .execute(
            """
            update segue.alarm set cleared_at = now()
            where kind = ? and subject = ? and cleared_at is null\
            """,
            kind,
            subject);
  }
}
