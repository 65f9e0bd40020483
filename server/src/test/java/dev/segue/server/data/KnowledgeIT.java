package dev.segue.server.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.PluginRoles;
import dev.segue.server.storage.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a run of an earlier time sees of data that were all recorded much later. */
class KnowledgeIT {

  /** Berlin's clock is an hour ahead, and the site's business day begins at four. */
  private static final String RECORDED_LATE =
      """
      insert into data.site_row (site_id, name, zone, currency, business_day_end)
        values ('bar', 'Bar', 'Europe/Berlin', 'EUR', '04:00');
      insert into data.item_row (site_id, item_id, name, currency) values ('bar', 'beer', 'Beer', 'EUR');
      insert into data.sales_order_row (site_id, order_id, ordered_at, business_date)
        values ('bar', 'o1', '2026-01-10 22:59:59Z', '2026-01-10'),
          ('bar', 'o2', '2026-01-10 23:00:01Z', '2026-01-10');
      insert into data.sales_line_row (site_id, order_id, line_id, item_id, ordered_at, business_date,
          quantity, unit_price, net_amount, currency)
        values ('bar', 'o1', '1', 'beer', '2026-01-10 22:59:59Z', '2026-01-10', 1, 4, 4, 'EUR'),
          ('bar', 'o2', '1', 'beer', '2026-01-10 23:00:01Z', '2026-01-10', 1, 4, 4, 'EUR');
      insert into data.price_row (site_id, item_id, valid_from, price, currency)
        values ('bar', 'beer', '2026-01-10', 4, 'EUR'), ('bar', 'beer', '2026-01-11', 5, 'EUR');
      insert into data.promotion_row (promotion_id, site_id, item_id, title, starts_on, ends_on)
        values ('p1', 'bar', 'beer', 'p1', '2026-01-10', '2026-02-01'),
          ('p2', 'bar', 'beer', 'p2', '2026-01-11', '2026-02-01');
      insert into data.event_day_row (site_id, date, name)
        values ('bar', '2026-01-10', 'e1'), ('bar', '2026-01-11', 'e2');
      insert into data.weather_day_row (site_id, date, is_forecast)
        values ('bar', '2026-01-10', false), ('bar', '2026-01-11', false), ('bar', '2026-01-10', true);
      insert into data.customer_row (site_id, customer_id, first_order_on)
        values ('bar', 'c1', '2026-01-09'), ('bar', 'c2', '2026-01-10'), ('bar', 'c3', null);
      insert into data.campaign_row (site_id, campaign_id, name) values ('bar', 'a', 'A');
      insert into data.campaign_day_row (site_id, day, campaign_id, ad_set_id, impressions, clicks,
          conversions, cost, currency)
        values ('bar', '2026-01-10', 'a', 's', 1, 1, 1, 1, 'EUR'),
          ('bar', '2026-01-11', 'a', 's', 1, 1, 1, 1, 'EUR');
      insert into data.forecast_row (site_id, item_id, business_date, made_on, quantity, method)
        values ('bar', 'beer', '2026-01-10', '2026-01-09', 1, 'x');
      """;

  /** Midnight at the site, after the tenth of January, and before its business day is over. */
  private static final Instant MIDNIGHT = Instant.parse("2026-01-10T23:00:00Z");

  private static DatabaseAddress address;
  private static Database database;
  private static PluginData data;

  @BeforeAll
  static void open() {
    address = TestPostgres.shared().migrated();
    database = Database.open(address, DatabaseSettings.defaults());
    data = new PluginData(new PluginRoles(database));
    database.jooq().execute(RECORDED_LATE);
  }

  @AfterAll
  static void close() {
    data.close();
    database.close();
    TestPostgres.shared().drop(address);
  }

  @Test
  void whatTellsOfATimeBeforeCountsByTheBusinessDay() throws SQLException {
    assertThat(seen("select order_id from data.sales_order")).containsExactly("o1");
    assertThat(seen("select order_id from data.sales_line")).containsExactly("o1");
    assertThat(seen("select day from data.campaign_day"))
        .as("the tenth is over")
        .containsExactly("2026-01-10");
    assertThat(seen("select date from data.weather_day where not is_forecast"))
        .containsExactly("2026-01-10");
  }

  @Test
  void whatBeginsOnADayCountsWhenTheBusinessDayBegins() throws SQLException {
    assertThat(seen("select valid_from from data.price")).containsExactly("2026-01-10");
    assertThat(seen("select promotion_id from data.promotion")).containsExactly("p1");
    assertThat(seen("select name from data.event_day")).containsExactly("e1");
    assertThat(seen("select customer_id from data.customer"))
        .as("the business day of the tenth lasts until four")
        .containsExactly("c1");
  }

  @Test
  void whatIsKeptAsItIsTodayCounts() throws SQLException {
    assertThat(seen("select site_id from data.site")).containsExactly("bar");
    assertThat(seen("select item_id from data.item")).containsExactly("beer");
    assertThat(seen("select campaign_id from data.campaign")).containsExactly("a");
  }

  @Test
  void whatCannotBeDatedDoesNotCount() throws SQLException {
    assertThat(seen("select date from data.weather_day where is_forecast")).isEmpty();
    assertThat(seen("select item_id from data.forecast")).isEmpty();
  }

  @Test
  void byTheRecordNothingOfItWasKnown() throws SQLException {
    for (String view :
        List.of(
            "site",
            "item",
            "sales_order",
            "sales_line",
            "price",
            "promotion",
            "event_day",
            "weather_day",
            "customer",
            "campaign",
            "campaign_day",
            "forecast")) {
      assertThat(list("select site_id from data." + view, MIDNIGHT, Knowledge.RECORDED))
          .as(view)
          .isEmpty();
    }
  }

  @Test
  void aRunOfThePresentSeesAllOfIt() throws SQLException {
    assertThat(list("select order_id from data.sales_line", null, Knowledge.BUSINESS_DAY))
        .containsExactly("o1", "o2");
    assertThat(list("select date from data.weather_day", null, Knowledge.RECORDED)).hasSize(3);
  }

  private static List<String> seen(String sql) throws SQLException {
    return list(sql, MIDNIGHT, Knowledge.BUSINESS_DAY);
  }

  private static List<String> list(String sql, Instant asOf, Knowledge knowledge)
      throws SQLException {
    PluginDataRequest request =
        new PluginDataRequest("shop", true, asOf, knowledge, Instant.now().plusSeconds(60));
    List<String> values = new ArrayList<>();
    try (Connection connection = data.open(request).dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql + " order by 1")) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
