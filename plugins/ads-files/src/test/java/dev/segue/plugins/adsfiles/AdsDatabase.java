package dev.segue.plugins.adsfiles;

import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import dev.segue.server.storage.testing.TestBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with Segue's tables. */
final class AdsDatabase implements AutoCloseable {

  static final String SITE = "corner-cafe";

  private final EmbeddedPostgres server;
  private final PGSimpleDataSource source = new PGSimpleDataSource();

  AdsDatabase(Path folder) {
    server =
        EmbeddedPostgres.start(
            EmbeddedPostgresSettings.throwAway(folder, TestBinaries.sharedFolder()));
    DatabaseAddress owner = server.owner();
    Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .locations("filesystem:" + Checkout.file("server/storage/src/main/resources/db/migration"))
        .defaultSchema("segue")
        .createSchemas(true)
        .load()
        .migrate();
    source.setUrl(owner.url());
    source.setUser(owner.user());
    source.setPassword(owner.password());
    source.setCurrentSchema("data");
  }

  DataSource source() {
    return source;
  }

  void clear() throws SQLException {
    execute("truncate data.campaign_row, data.ad_set_row, data.campaign_day_row");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first field of a query's first row. */
  String text(String query) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
