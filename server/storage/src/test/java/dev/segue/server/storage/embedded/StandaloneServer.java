package dev.segue.server.storage.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** Starts a server in the given home, writes a row, says so, and stops at the end of its input. */
final class StandaloneServer {

  static final String READY = "READY";

  private StandaloneServer() {}

  public static void main(String[] arguments) throws Exception {
    EmbeddedPostgresSettings settings = EmbeddedPostgresSettings.inHome(Path.of(arguments[0]));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(settings)) {
      try (Connection connection =
              DriverManager.getConnection(
                  postgres.owner().url(), postgres.owner().user(), postgres.owner().password());
          Statement statement = connection.createStatement()) {
        statement.execute("create table note as select 'kept' as text");
      }
      System.out.println(READY + " " + postgres.pid().orElseThrow() + " " + postgres.port());
      while (System.in.read() >= 0) {
        // Waits for whoever started this to let go.
      }
    }
  }
}
