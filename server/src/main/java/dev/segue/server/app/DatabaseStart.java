package dev.segue.server.app;

import dev.segue.server.app.Settings.DatabaseChoice;
import dev.segue.server.events.AfterCommit;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.Migrations;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;

/** Starts the database, if it is ours to start, and opens it. */
final class DatabaseStart {

  private DatabaseStart() {}

  static Database open(Home home, Settings settings, Running running, Progress progress) {
    DatabaseAddress address =
        switch (settings.database()) {
          case DatabaseChoice.Embedded embedded -> {
            progress.step("starting the database");
            yield running
                .add(
                    "the database",
                    EmbeddedPostgres.start(EmbeddedPostgresSettings.inHome(home.folder())))
                .owner();
          }
          case DatabaseChoice.External(DatabaseAddress external) -> external;
        };
    progress.step("bringing the database up to date");
    Migrations.migrate(address);
    DatabaseSettings defaults = DatabaseSettings.defaults();
    return running.add(
        "the database's connections",
        Database.open(
            address,
            new DatabaseSettings(
                settings.databaseConnections(),
                defaults.connectionTimeout(),
                defaults.statementTimeout(),
                defaults.lockTimeout()),
            AfterCommit.provider()));
  }
}
