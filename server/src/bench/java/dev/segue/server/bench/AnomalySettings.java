package dev.segue.server.bench;

import dev.segue.server.triggers.monitors.Aggregation;
import dev.segue.server.triggers.monitors.AlertRule;
import dev.segue.server.triggers.monitors.Condition;
import dev.segue.server.triggers.monitors.Replay;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Learning;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Season;
import dev.segue.server.triggers.monitors.WatchRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What of an anomaly monitor can be chosen.
 *
 * @param sensitivity in standard deviations
 * @param seasons how many past seasons count
 * @param level hours of the level
 * @param keepFiring hours that an alert stays open after the value came back
 */
record AnomalySettings(double sensitivity, Season season, int seasons, int level, int keepFiring) {

  /** What there is to choose from. */
  static List<AnomalySettings> grid() {
    List<AnomalySettings> all = new ArrayList<>();
    for (double sensitivity : new double[] {4, 6, 8, 10, 12, 16, 20}) {
      for (int level : new int[] {24, 72, 168}) {
        for (int keepFiring : new int[] {6, 24, 48, 72, 96}) {
          all.add(new AnomalySettings(sensitivity, Season.DAY, 14, level, keepFiring));
          all.add(new AnomalySettings(sensitivity, Season.WEEK, 5, level, keepFiring));
        }
      }
    }
    return all;
  }

  /** Replays a series and holds the alerts against its labels. */
  MonitorScore score(LabelledSeries series) {
    Condition condition =
        new Condition.Anomaly(
            Condition.Direction.EITHER,
            sensitivity,
            sensitivity / 2,
            new Learning(season, season == Season.DAY ? 24 : 168, seasons, level, series.untold()),
            ZoneOffset.UTC);
    return series.score(opened(series, condition, keepFiring, Instant.MIN));
  }

  /**
   * The hours whose values opened an alert.
   *
   * @param from points before that aren't shown to the rule
   */
  static List<Instant> opened(
      LabelledSeries series, Condition condition, int keepFiring, Instant from) {
    AlertRule alerts =
        new AlertRule(
            Duration.ZERO,
            Duration.ofHours(keepFiring),
            Duration.ZERO,
            Duration.ofDays(7),
            AlertRule.Absence.KEEP_LAST,
            AlertRule.Absence.KEEP_LAST);
    Replay replay =
        new Replay(
            new WatchRule(
                LabelledSeries.HOUR, LabelledSeries.HOUR, Aggregation.MEAN, condition, alerts));
    series.points().stream()
        .filter(point -> !point.at().isBefore(from))
        .forEach(point -> replay.point(point.at(), point.value()));
    return replay.end(series.end()).stream()
        .map(fired -> fired.alert().openedAt().minus(LabelledSeries.HOUR))
        .toList();
  }

  @Override
  public String toString() {
    return "sensitivity %.0f, season %s, level %d h, kept open %d h"
        .formatted(sensitivity, season, level, keepFiring);
  }
}
