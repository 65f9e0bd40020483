package dev.segue.server.plugins;

import dev.segue.server.events.Alarms;
import dev.segue.server.storage.Database;

/** The host's alarms as everybody sees them. Thread-safe. */
final class PgPluginAlarms implements PluginAlarms {

  private final Database database;

  /** Writes to this database. */
  PgPluginAlarms(Database database) {
    this.database = database;
  }

  @Override
  public void raise(String kind, String subject, String message) {
    Alarms.raise(database.jooq(), kind, subject, message);
  }

  @Override
  public void clear(String kind, String subject) {
    Alarms.clear(database.jooq(), kind, subject);
  }
}
