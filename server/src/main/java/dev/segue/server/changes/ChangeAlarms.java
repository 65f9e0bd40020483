package dev.segue.server.changes;

import dev.segue.server.storage.Database;
import java.util.UUID;

/** Says that an approved change set does not come into force; one open alarm for each set. */
final class ChangeAlarms {

  private static final String KIND = "change-set";

  private final Database database;

  ChangeAlarms(Database database) {
    this.database = database;
  }

  void raise(UUID set, String message) {
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
            set.toString(),
            message);
  }

  /** It is in force, or given up by its plugin. */
  void clear(UUID set) {
    database
        .jooq()
        .execute(
            """
            update segue.alarm set cleared_at = now()
            where kind = ? and subject = ? and cleared_at is null\
            """,
            KIND,
            set.toString());
  }
}
