package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.Sale;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import dev.segue.server.storage.testing.TestBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL with Segue's tables and this plugin's. The migrations are taken from the
 * sources: on the class path those of the server and of the plugin would mix.
 */
final class DemandDatabase implements AutoCloseable {

  static final String SITE = "corner-cafe";
  private static final String SCHEMA = "plugin_menu_models";

  private final EmbeddedPostgres server;
  private final PGSimpleDataSource source = new PGSimpleDataSource();

  DemandDatabase(Path folder) {
    server =
        EmbeddedPostgres.start(
            EmbeddedPostgresSettings.throwAway(folder, TestBinaries.sharedFolder()));
    DatabaseAddress owner = server.owner();
    migrate(owner, "segue", "server/storage/src/main/resources/db/migration");
    migrate(owner, SCHEMA, "plugins/menu-models/src/main/resources/db/migration");
    source.setUrl(owner.url());
    source.setUser(owner.user());
    source.setPassword(owner.password());
    source.setCurrentSchema(SCHEMA + ",data");
  }

  private static void migrate(DatabaseAddress owner, String schema, String folder) {
    Flyway.configure()
        .dataSource(owner.url(), owner.user(), owner.password())
        .locations("filesystem:" + Checkout.file(folder))
        .defaultSchema(schema)
        .createSchemas(true)
        .load()
        .migrate();
  }

  DataSource source() {
    return source;
  }

  /** Empties all tables that the tests fill, and sets the site up anew. */
  void reset() throws SQLException {
    sql(
        "truncate data.site_row, data.item_row, data.sales_line_row, data.forecast_row,"
            + " data.event_day_row, data.weather_day_row, demand_model cascade");
    sql(
        "insert into data.site_row (site_id, name, zone, currency, country)"
            + " values ('corner-cafe', 'Corner Café', 'Europe/Berlin', 'EUR', 'DE')");
  }

  void load(List<Sale> sales) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into data.sales_line_row (site_id, order_id, line_id, item_id, ordered_at,"
                    + " business_date, quantity, unit_price, net_amount, currency)"
                    + " values ('corner-cafe', ?, ?, ?, ?::date + time '12:00', ?::date, ?, 2, ?,"
                    + " 'EUR')")) {
      for (Sale sale : sales) {
        double quantity = Math.round(sale.quantity());
        insert.setString(1, sale.day().toString());
        insert.setString(2, sale.item());
        insert.setString(3, sale.item());
        insert.setString(4, sale.day().toString());
        insert.setString(5, sale.day().toString());
        insert.setDouble(6, quantity);
        insert.setDouble(7, 2 * quantity);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  void sql(String command) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  long count(String query) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
