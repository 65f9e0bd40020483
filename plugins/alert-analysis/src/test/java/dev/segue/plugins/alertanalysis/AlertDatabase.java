package dev.segue.plugins.alertanalysis;

import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.embedded.EmbeddedPostgres;
import dev.segue.server.storage.embedded.EmbeddedPostgresSettings;
import dev.segue.server.storage.testing.TestBinaries;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL with Segue's tables and five weeks of ads until noon of 20 November 2026. Since
 * six o'clock the segment 18-24 of Lunch hardly brings anything; an hour before, Segue has reached
 * it further. Of the daily visits those of 19 November are the last; of the daily orders there are
 * some of the 20th, fewer than usual.
 */
final class AlertDatabase implements AutoCloseable {

  static final String CHANGE_SET = "00000000-0000-0000-0000-0000000000aa";

  private final EmbeddedPostgres server;
  private final PGSimpleDataSource source = new PGSimpleDataSource();

  AlertDatabase(Path folder) throws SQLException {
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
    fill();
  }

  DataSource source() {
    return source;
  }

  private void fill() throws SQLException {
    execute(
        """
        insert into data.metric (metric, title, unit) values
          ('ad_cost_per_conversion', 'Cost per conversion', 'EUR'), ('ad_cost', 'Ad cost', 'EUR')
        """);
    execute(
        """
        insert into data.metric_series (metric, labels)
        select metric, jsonb_build_object('site', 'cafe', 'campaign', campaign,
            'ad_set', campaign || '-all', 'segment', segment)
        from unnest(array['ad_cost', 'ad_conversions']) metric,
          unnest(array['lunch', 'dinner', 'brunch']) campaign,
          unnest(array['18-24', '25-34', '35-54', '55+']) segment
        union all
        select metric, '{"site": "cafe"}'
        from unnest(array['ad_cost_per_conversion', 'visitors']) metric
        """);
    execute(
        """
        insert into data.metric_point (series_id, at, value)
        select series_id, at,
          10 * (1 + 0.3 * sin(extract(hour from at) / 24 * 6.28)) * (1 + 0.03 * sin(series_id * 7 + n))
          * case
            when metric = 'ad_cost' then 1
            when labels ->> 'campaign' = 'lunch' and labels ->> 'segment' = '18-24'
              and at >= '2026-11-20 06:00Z' then 0.01
            else 0.3 end
        from data.metric_series,
          generate_series('2026-10-16 12:00Z'::timestamptz, '2026-11-20 11:00Z', '1 hour')
            with ordinality t (at, n)
        where metric in ('ad_cost', 'ad_conversions')
        """);
    execute(
        """
        insert into data.metric_point (series_id, at, value)
        select series_id, at, value * case labels_of.metric when 'visitors' then 40 else 1 end
        from data.metric_series labels_of, (
          select at, sum(value) filter (where metric = 'ad_cost')
            / sum(value) filter (where metric = 'ad_conversions') as value
          from data.metric_point join data.metric_series using (series_id)
          where metric in ('ad_cost', 'ad_conversions') group by at) ratio
        where labels_of.labels = '{"site": "cafe"}'
        """);
    execute(
        """
        insert into data.metric_series (metric, labels)
        select metric, jsonb_build_object('branch', branch)
        from unnest(array['day_visits', 'day_orders']) metric,
          unnest(array['north', 'south']) branch
        """);
    execute(
        """
        insert into data.metric_point (series_id, at, value)
        select series_id, day::timestamp at time zone 'Europe/Berlin',
          case when day >= '2026-11-20' then 5 else 20 end
        from data.metric_series, generate_series('2026-10-16'::date, '2026-11-20', '1 day') day
        where metric = 'day_orders' or metric = 'day_visits' and day < '2026-11-20'
        """);
    execute(
        """
        insert into segue.change_set (set_id, step_type, plugin_id, plugin_version, site_id, mode,
          title, hash, count, state, created_by)
        values ('%s', 'ads-practice:campaign-changes.plan:1', 'ads-practice', '1', 'cafe', 'live',
          'Tune', 'h', 1, 'applied', 'ann')
        """
            .formatted(CHANGE_SET));
    execute(
        """
        insert into segue.change (set_id, ordinal, content, state, finished_at)
        values ('%s', 0, '{"title": "Reach 18-24 in Lunch further",
          "target": {"kind": "segment-reach", "id": "lunch-all/18-24", "label": "18-24"},
          "before": {"reachPercent": 100}, "after": {"reachPercent": 125}}', 'applied',
          '2026-11-20 05:00Z')
        """
            .formatted(CHANGE_SET));
    execute(
        """
        insert into data.campaign_day (site_id, day, campaign_id, ad_set_id, variant, segment,
          impressions, clicks, conversions, cost, currency, known_at)
        select 'cafe', day, campaign, campaign || '-all', variant, '', 4000, 100,
          case when campaign = 'dinner' and variant = 'photo' and day >= '2026-11-18' then 1
            else 20 + extract(dow from day) end,
          50 + 2 * extract(dow from day), 'EUR', day + interval '1 day'
        from unnest(array['lunch', 'dinner']) campaign, unnest(array['plain', 'photo']) variant,
          generate_series('2026-10-16'::date, '2026-11-19', '1 day') day
        """);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
