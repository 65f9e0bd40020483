package dev.segue.server.notices;

import dev.segue.server.storage.Database;
import java.util.UUID;

/** Says that people aren't told; one open alarm for each connection. */
final class NoticeAlarms {

  private static final String KIND = "notices";

  private final Database database;

  NoticeAlarms(Database database) {
    this.database = database;
  }

  void raise(String connection, String message) {
    database
        .jooq()
        .execute(
            """
            insert into segue.alarm (alarm_id, kind, subject, severity, message)
            values (?, ?, ?, 'warning', ?)
            on conflict (kind, subject) where cleared_at is null
            do update set message = excluded.message\
            """,
            UUID.randomUUID(),
            KIND,
            subject(connection),
            message);
  }

  /** People are told again. */
  void clear(String connection) {
    database
        .jooq()
        .execute(
            """
            update segue.alarm set cleared_at = now()
            where kind = ? and subject = ? and cleared_at is null\
            """,
            KIND,
            subject(connection));
  }

  private static String subject(String connection) {
    return "connection " + connection;
  }
}
