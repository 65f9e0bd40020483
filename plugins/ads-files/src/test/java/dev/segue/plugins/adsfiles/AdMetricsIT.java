package dev.segue.plugins.adsfiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.sdk.MetricSource.MetricPoint;
import dev.segue.testkit.MetricContract;
import dev.segue.testkit.TestHost;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of ads on a real database, with the contract of their source. */
class AdMetricsIT extends MetricContract {

  @TempDir private static Path server;
  private static AdsDatabase database;
  private TestHost host;

  @BeforeAll
  static void start() throws Exception {
    database = new AdsDatabase(server);
    database.execute(
        """
        insert into data.site_row (site_id, name, zone, currency)
        values ('corner-cafe', 'Corner Café', 'Europe/Berlin', 'EUR');
        insert into data.campaign_day_row (site_id, day, campaign_id, ad_set_id, variant,
          impressions, clicks, conversions, cost, revenue, currency)
        values ('corner-cafe', '2026-11-18', 'lunch', 'young', 'a', 100, 10, 2, 5, 30, 'EUR'),
          ('corner-cafe', '2026-11-18', 'lunch', 'young', 'b', 100, 10, 3, 5, 30, 'EUR'),
          ('corner-cafe', '2026-11-19', 'lunch', 'young', 'a', 100, 0, 0, 4, 0, 'EUR'),
          ('corner-cafe', '2026-11-20', 'lunch', 'young', 'a', 100, 10, 2, 6, 30, 'EUR')\
        """);
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @Override
  protected TestHost host() {
    host = TestHost.of("ads-files", new AdsFilesPlugin()).data(database.source());
    return host;
  }

  @Override
  protected Instant from() {
    return Instant.parse("2026-11-17T12:00:00Z");
  }

  @Override
  protected Instant to() {
    return Instant.parse("2026-11-20T12:00:00Z");
  }

  @Test
  void aDayStandsAtItsBeginningInTheZoneOfTheSite() {
    assertThat(host.metric("ad_cost_per_conversion").read(from(), to()))
        .isEqualTo(List.of(point("2026-11-17T23:00:00Z", 2), point("2026-11-19T23:00:00Z", 3)));
    assertThat(host.metric("ad_cost").read(from(), to()))
        .extracting(MetricPoint::value)
        .containsExactly(10.0, 4.0, 6.0);
    Instant day = Instant.parse("2026-11-18T23:00:00Z");
    assertThat(host.metric("ad_impressions").read(day, day.plusSeconds(1)))
        .containsExactly(point("2026-11-18T23:00:00Z", 100));
  }

  private static MetricPoint point(String at, double value) {
    return new MetricPoint(
        Instant.parse(at),
        value,
        Map.of("site", "corner-cafe", "campaign", "lunch", "ad_set", "young", "currency", "EUR"));
  }
}
