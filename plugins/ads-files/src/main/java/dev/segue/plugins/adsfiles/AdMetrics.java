package dev.segue.plugins.adsfiles;

import dev.segue.sdk.MetricSource;
import dev.segue.sdk.StepContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What each ad set brought on each day of its site, whichever file it came from. A point stands at
 * the beginning of its day.
 */
final class AdMetrics implements MetricSource {

  private static final List<String> LABELS = List.of("site", "campaign", "ad_set", "currency");

  private enum Offered {
    IMPRESSIONS("ad_impressions", "Ad impressions", "sum(impressions)"),
    CLICKS("ad_clicks", "Ad clicks", "sum(clicks)"),
    CONVERSIONS("ad_conversions", "Ad conversions", "sum(conversions)"),
    COST("ad_cost", "Ad cost", "sum(cost)"),
    REVENUE("ad_revenue", "Revenue by ads", "sum(revenue)"),
    COST_PER_CLICK("ad_cost_per_click", "Cost per ad click", "sum(cost) / nullif(sum(clicks), 0)"),
    COST_PER_CONVERSION(
        "ad_cost_per_conversion",
        "Cost per ad conversion",
        "sum(cost) / nullif(sum(conversions), 0)"),
    CONVERSION_RATE(
        "ad_conversion_rate",
        "Conversions per ad click",
        "sum(conversions) / nullif(sum(clicks), 0)");

    private final String metric;
    private final String title;
    private final String expression;

    Offered(String metric, String title, String expression) {
      this.metric = metric;
      this.title = title;
      this.expression = expression;
    }

    static Offered of(String metric) {
      return Arrays.stream(values())
          .filter(one -> one.metric.equals(metric))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("there is no metric " + metric));
    }
  }

  /** A day is looked for a day around the period, for it begins at another time in each zone. */
  private static final String QUERY =
      """
      select * from (
        select d.day::timestamp at time zone s.zone as at, %s as value, d.site_id, d.campaign_id,
          d.ad_set_id, d.currency
        from data.campaign_day d join data.site s on s.site_id = d.site_id
        where d.day between (?::timestamptz at time zone 'UTC')::date - 1
          and (?::timestamptz at time zone 'UTC')::date + 1
        group by d.day, s.zone, d.site_id, d.campaign_id, d.ad_set_id, d.currency) as days
      where at >= ?::timestamptz and at < ?::timestamptz and value is not null
      order by at, site_id, campaign_id, ad_set_id, currency\
      """;

  @Override
  public List<MetricInfo> metrics() {
    return Arrays.stream(Offered.values())
        .map(one -> new MetricInfo(one.metric, one.title, "", Duration.ofDays(1), LABELS))
        .toList();
  }

  @Override
  public Stream<MetricPoint> read(String metric, Instant from, Instant to, StepContext context)
      throws SQLException {
    List<MetricPoint> points = new ArrayList<>();
    try (Connection connection = context.data().dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(QUERY.formatted(Offered.of(metric).expression))) {
      for (int i = 1; i <= 4; i++) {
        statement.setObject(i, (i % 2 == 1 ? from : to).atOffset(ZoneOffset.UTC));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          points.add(point(rows));
        }
      }
    }
    return points.stream();
  }

  private static MetricPoint point(ResultSet row) throws SQLException {
    return new MetricPoint(
        row.getObject(1, OffsetDateTime.class).toInstant(),
        row.getDouble(2),
        Map.of(
            "site", row.getString(3),
            "campaign", row.getString(4),
            "ad_set", row.getString(5),
            "currency", row.getString(6)));
  }
}
