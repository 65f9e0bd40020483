package dev.segue.server.cli.scenarios;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What metrics say of the practice platform's ads, hour by hour, without any chance in it: days
 * have a season, campaigns and segments differ a little from hour to hour.
 */
final class AdMetricLines {

  static final String RATIO = "ad_cost_per_conversion";

  private static final List<String> CAMPAIGNS = List.of("lunch", "dinner", "brunch");
  private static final List<String> SEGMENTS = List.of("18-24", "25-34", "35-54", "55+");
  private static final double WORSE = 0.02;

  private AdMetricLines() {}

  /** Writes points as they are pushed. */
  static String of(String site, Scenario.AdMetrics wanted, Instant now) {
    Instant last = now.truncatedTo(ChronoUnit.HOURS);
    StringBuilder lines = new StringBuilder();
    for (int ago = wanted.days() * 24; ago >= 0; ago--) {
      hour(lines, site, wanted, last.minus(Duration.ofHours(ago)), ago);
    }
    return lines.toString();
  }

  private static void hour(
      StringBuilder lines, String site, Scenario.AdMetrics wanted, Instant at, int ago) {
    long hour = at.getEpochSecond() / 3600;
    double season = 1 + 0.4 * Math.sin(hour % 24 / 24.0 * 2 * Math.PI);
    double costs = 0;
    double conversions = 0;
    for (int campaign = 0; campaign < CAMPAIGNS.size(); campaign++) {
      for (int segment = 0; segment < SEGMENTS.size(); segment++) {
        String part = CAMPAIGNS.get(campaign) + "/" + SEGMENTS.get(segment);
        double wave = 1 + 0.03 * Math.sin(hour * (1.3 + campaign) + 2.1 * segment);
        double cost = 2 * season * wave;
        double brought = 0.6 * season * (2 - wave);
        if (ago < wanted.worseHours() && isWorse(wanted, part)) {
          brought *= WORSE;
        }
        String labels =
            String.format(
                Locale.ROOT,
                "{\"site\":\"%s\",\"campaign\":\"%s\",\"ad_set\":\"%s-all\",\"segment\":\"%s\"}",
                site,
                CAMPAIGNS.get(campaign),
                CAMPAIGNS.get(campaign),
                SEGMENTS.get(segment));
        line(lines, "ad_cost", at, cost, labels);
        line(lines, "ad_conversions", at, brought, labels);
        costs += cost;
        conversions += brought;
      }
    }
    line(lines, RATIO, at, costs / conversions, "{\"site\":\"" + site + "\"}");
  }

  private static boolean isWorse(Scenario.AdMetrics wanted, String part) {
    String worse = wanted.worse();
    return worse != null && (part.equals(worse) || part.startsWith(worse + "/"));
  }

  private static void line(
      StringBuilder lines, String metric, Instant at, double value, String labels) {
    lines.append(
        String.format(
            Locale.ROOT,
            "{\"metric\":\"%s\",\"time\":\"%s\",\"value\":%.6f,\"labels\":%s}\n",
            metric,
            at,
            value,
            labels));
  }
}
