package dev.segue.plugins.campaignmodels;

import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import dev.segue.server.storage.testing.TestBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with Segue's tables, filled with campaigns of a test's making. */
final class CampaignDatabase implements AutoCloseable {

  static final String SITE = "corner-cafe";

  private final EmbeddedPostgres server;
  private final PGSimpleDataSource source = new PGSimpleDataSource();

  CampaignDatabase(Path folder) {
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
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("truncate data.campaign_row, data.ad_set_row, data.campaign_day_row");
      statement.execute(
          "insert into data.ad_set_row (site_id, ad_set_id, campaign_id, name)"
              + " values ('corner-cafe', 'lunch-young', 'lunch', 'Lunch, young people')");
    }
  }

  /** One day of one variant and segment of the campaign's only ad set, {@code CAMPAIGN-young}. */
  void day(
      LocalDate day,
      String campaign,
      String variant,
      String segment,
      long clicks,
      long conversions,
      double cost)
      throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into data.campaign_day (site_id, day, campaign_id, ad_set_id, variant,"
                    + " segment, impressions, clicks, conversions, cost, revenue, currency,"
                    + " known_at) values ('corner-cafe', ?, ?, ? || '-young', ?, ?, ?, ?, ?, ?, ?,"
                    + " 'EUR', ?::date + 1)")) {
      insert.setObject(1, day);
      insert.setString(2, campaign);
      insert.setString(3, campaign);
      insert.setString(4, variant);
      insert.setString(5, segment);
      insert.setLong(6, clicks * 40);
      insert.setLong(7, clicks);
      insert.setLong(8, conversions);
      insert.setDouble(9, cost);
      insert.setDouble(10, 12.0 * conversions);
      insert.setObject(11, day);
      insert.executeUpdate();
    }
  }

  void halveRevenue(String campaign, LocalDate since) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement update =
            connection.prepareStatement(
                "update data.campaign_day set revenue = revenue / 2 where campaign_id = ? and day"
                    + " >= ?")) {
      update.setString(1, campaign);
      update.setObject(2, since);
      update.executeUpdate();
    }
  }

  /** Something of the site that Segue has changed, in a set of its own. */
  UUID applied(String targetKind, String targetId) throws SQLException {
    UUID set = UUID.randomUUID();
    try (Connection connection = source.getConnection();
        PreparedStatement insertSet =
            connection.prepareStatement(
                "insert into segue.change_set (set_id, step_type, plugin_id, plugin_version,"
                    + " site_id, mode, title, hash, count, state, created_by) values (?,"
                    + " 'ads-practice:campaign-changes:1', 'ads-practice', '1', 'corner-cafe',"
                    + " 'live', 'Tune', 'h', 1, 'applied', 'ann')");
        PreparedStatement insertChange =
            connection.prepareStatement(
                "insert into segue.change (set_id, ordinal, content, state, finished_at) values"
                    + " (?, 0, jsonb_build_object('target', jsonb_build_object('kind', ?::text,"
                    + " 'id', ?::text)), 'applied', '2026-11-10 07:00Z')")) {
      insertSet.setObject(1, set);
      insertSet.executeUpdate();
      insertChange.setObject(1, set);
      insertChange.setString(2, targetKind);
      insertChange.setString(3, targetId);
      insertChange.executeUpdate();
    }
    return set;
  }

  @Override
  public void close() {
    server.close();
  }
}
