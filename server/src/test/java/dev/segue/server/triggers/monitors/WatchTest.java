package dev.segue.server.triggers.monitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.triggers.monitors.AlertRule.Absence;
import dev.segue.server.triggers.monitors.Condition.Direction;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Learning;
import dev.segue.server.triggers.monitors.SeasonalBaseline.Season;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatchTest {

  private static final Instant START = Instant.parse("2026-03-02T06:00:00Z");
  private static final Condition ABOVE_TEN = new Condition.Threshold(Direction.ABOVE, 10, 8);
  private static final AlertRule AT_ONCE =
      alerts(Duration.ZERO, Duration.ZERO, Duration.ZERO, Absence.SHOW);

  @Test
  void anAlertOpensAboveTheLimitAndEndsAtTheRecoveryLevel() {
    Watch watch = watch(ABOVE_TEN, AT_ONCE);
    assertThat(phases(watch, 5, 11, 9, 12, 8))
        .containsExactly(
            AlertPhase.NORMAL,
            AlertPhase.ALERTING,
            AlertPhase.ALERTING,
            AlertPhase.ALERTING,
            AlertPhase.NORMAL);
  }

  @Test
  void aConditionMustLastAndABreakStartsItAnew() {
    AlertRule rule = alerts(Duration.ofMinutes(2), Duration.ZERO, Duration.ZERO, Absence.SHOW);
    assertThat(phases(watch(ABOVE_TEN, rule), 11, 11, 5, 11, 11, 11))
        .containsExactly(
            AlertPhase.PENDING,
            AlertPhase.PENDING,
            AlertPhase.NORMAL,
            AlertPhase.PENDING,
            AlertPhase.PENDING,
            AlertPhase.ALERTING);
  }

  @Test
  void timeAloneOpensAnAlertThatWasPendingWithWhatWasWorst() {
    AlertRule rule = alerts(Duration.ofMinutes(2), Duration.ZERO, Duration.ZERO, Absence.SHOW);
    Watch watch = watch(ABOVE_TEN, rule);
    watch.point(START, 15);
    watch.point(minute(1), 12);
    assertThat(watch.time(minute(5)))
        .contains(new Transition.Opened(minute(2), new Alert(START, minute(2), START, 15, 10, 5)));
  }

  @Test
  void itDoesNotMatterHowOftenTimeIsLookedAt() {
    AlertRule rule =
        alerts(Duration.ofMinutes(3), Duration.ofMinutes(4), Duration.ofMinutes(9), Absence.SHOW);
    WatchRule whole =
        new WatchRule(
            Duration.ofMinutes(5), Duration.ofMinutes(5), Aggregation.MAX, ABOVE_TEN, rule);
    for (WatchRule each : List.of(whole, rule(ABOVE_TEN, rule))) {
      Watch seldom = new Watch(each, AlertState.start());
      Watch often = new Watch(each, AlertState.start());
      List<Transition> first = new ArrayList<>();
      List<Transition> second = new ArrayList<>();
      Random random = new Random(7);
      for (int i = 0; i < 500; i++) {
        if (random.nextInt(10) < 3) {
          double value = i % 60 < 30 ? 12 : 3;
          first.addAll(seldom.point(minute(i), value));
          second.addAll(often.point(minute(i), value));
        }
        second.addAll(often.time(minute(i).plusSeconds(20)));
      }
      first.addAll(seldom.time(minute(500)));
      second.addAll(often.time(minute(500)));
      assertThat(first).isEqualTo(second).hasSizeGreaterThan(10);
    }
  }

  @Test
  void anAlertIsKeptOpenForAWhileAndAValueThatIsOutAgainIsTheSameAlert() {
    AlertRule rule = alerts(Duration.ZERO, Duration.ofMinutes(2), Duration.ZERO, Absence.SHOW);
    Watch watch = watch(ABOVE_TEN, rule);
    assertThat(phases(watch, 11, 5, 13, 5, 5, 5))
        .containsExactly(
            AlertPhase.ALERTING,
            AlertPhase.RECOVERING,
            AlertPhase.ALERTING,
            AlertPhase.RECOVERING,
            AlertPhase.RECOVERING,
            AlertPhase.NORMAL);
  }

  @Test
  void afterAnAlertNoneOpensUntilTheCoolDownIsOver() {
    AlertRule rule = alerts(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(3), Absence.SHOW);
    assertThat(phases(watch(ABOVE_TEN, rule), 11, 5, 11, 11, 11))
        .containsExactly(
            AlertPhase.ALERTING,
            AlertPhase.NORMAL,
            AlertPhase.PENDING,
            AlertPhase.PENDING,
            AlertPhase.ALERTING);
  }

  @Test
  void silenceMeansWhatTheMonitorSays() {
    for (Absence absence : Absence.values()) {
      Watch watch = watch(ABOVE_TEN, alerts(Duration.ZERO, Duration.ZERO, Duration.ZERO, absence));
      watch.point(START, 5);
      watch.time(minute(11));
      assertThat(watch.state().phase())
          .isEqualTo(
              switch (absence) {
                case SHOW -> AlertPhase.NO_DATA;
                case ALERTING -> AlertPhase.ALERTING;
                case OK, KEEP_LAST -> AlertPhase.NORMAL;
              });
    }
  }

  @Test
  void anOpenAlertOutlivesSilence() {
    Watch watch = watch(ABOVE_TEN, AT_ONCE);
    watch.point(START, 12);
    watch.time(minute(20));
    assertThat(watch.state().phase()).isEqualTo(AlertPhase.NO_DATA);
    assertThat(watch.point(minute(21), 12))
        .containsExactly(new Transition.Moved(minute(21), AlertPhase.NO_DATA, AlertPhase.ALERTING));
    assertThat(watch.point(minute(22), 1)).hasSize(2);
  }

  @Test
  void whoGoesOnFromAStateRepeatsNothing() {
    AlertRule rule = alerts(Duration.ofMinutes(2), Duration.ZERO, Duration.ZERO, Absence.SHOW);
    Watch before = watch(ABOVE_TEN, rule);
    before.point(START, 12);
    before.point(minute(1), 12);
    Watch after = new Watch(rule(ABOVE_TEN, rule), before.state());
    assertThat(after.point(START, 12)).isEmpty();
    assertThat(after.point(minute(1), 12)).isEmpty();
    assertThat(after.point(minute(2), 12))
        .contains(new Transition.Moved(minute(2), AlertPhase.PENDING, AlertPhase.ALERTING));
  }

  @Test
  void aPointOutOfOrderIsIgnored() {
    Watch watch = watch(ABOVE_TEN, AT_ONCE);
    watch.point(minute(5), 5);
    assertThat(watch.point(minute(4), 50)).isEmpty();
  }

  @Test
  void aBandIsLeftAtEitherSide() {
    Condition band = new Condition.Band(0, 10, 1);
    assertThat(phases(watch(band, AT_ONCE), 5, -1, 0.5, 1, 11))
        .containsExactly(
            AlertPhase.NORMAL,
            AlertPhase.ALERTING,
            AlertPhase.ALERTING,
            AlertPhase.NORMAL,
            AlertPhase.ALERTING);
  }

  @Test
  void aChangeIsComparedWithTheValueThatLongAgo() {
    Condition change = new Condition.Change(Direction.BELOW, 50, Duration.ofMinutes(2), 50);
    assertThat(phases(watch(change, AT_ONCE), 100, 90, 80, 40, 39, 39))
        .containsExactly(
            AlertPhase.NORMAL,
            AlertPhase.NORMAL,
            AlertPhase.NORMAL,
            AlertPhase.ALERTING,
            AlertPhase.ALERTING,
            AlertPhase.NORMAL);
  }

  @Test
  void ofDailyValuesAllAreReadAgainThatAnAnomalyGoesBy() {
    Learning daily = new Learning(Season.WEEK, 7, 8, 20, 14);
    Condition anomaly = new Condition.Anomaly(Direction.EITHER, 8, 4, daily, ZoneOffset.UTC);

    assertThat(anomaly.memory()).isGreaterThanOrEqualTo(Duration.ofDays(4 * 20));
  }

  @Test
  void anAnomalyIsWhatTheSeasonDoesNotExplain() {
    Condition anomaly =
        new Condition.Anomaly(
            Direction.EITHER, 8, 6, new Learning(Season.DAY, 24, 14, 72, 96), ZoneOffset.UTC);
    Watch watch = watch(anomaly, alerts(Duration.ZERO, Duration.ZERO, Duration.ZERO, Absence.OK));
    Random random = new Random(1);
    List<Instant> opened = new ArrayList<>();
    for (int hour = 0; hour < 24 * 28; hour++) {
      double season = 100 + 60 * Math.sin(2 * Math.PI * hour / 24.0);
      double value = season + 3 * random.nextGaussian() + (hour == 500 ? 60 : 0);
      Instant at = START.plus(Duration.ofHours(hour));
      watch.point(at, value).stream()
          .filter(Transition.Opened.class::isInstance)
          .forEach(change -> opened.add(change.at()));
    }
    assertThat(opened).containsExactly(START.plus(Duration.ofHours(500)));
  }

  @Test
  void howFarOutAValueIsCanBeToldEvenOfASeriesThatNeverMoved() {
    Condition anomaly =
        new Condition.Anomaly(
            Direction.EITHER, 8, 6, new Learning(Season.DAY, 24, 14, 72, 96), ZoneOffset.UTC);
    Watch watch = watch(anomaly, AT_ONCE);
    for (int hour = 0; hour < 100; hour++) {
      watch.point(START.plus(Duration.ofHours(hour)), 0);
    }
    watch.point(START.plus(Duration.ofHours(100)), 100);
    watch.point(START.plus(Duration.ofHours(101)), 300);
    assertThat(watch.state().alert())
        .satisfies(
            alert -> {
              assertThat(alert.excess()).isBetween(1e6, 1e9);
              assertThat(alert.peak()).isEqualTo(300);
            });
  }

  @Test
  void whatWasNextToNothingGrowsByNoMoreThanCanBeTold() {
    Condition change = new Condition.Change(Direction.ABOVE, 50, Duration.ofMinutes(1), 50);
    Watch watch = watch(change, AT_ONCE);
    watch.point(START, 1e-300);
    watch.point(minute(1), 1e200);
    assertThat(watch.state().alert()).satisfies(a -> assertThat(a.excess()).isBetween(1e6, 1e12));
  }

  @Test
  void seasonsRunByTheLocalClock() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    Instant winter = Instant.parse("2026-03-28T11:00:00Z");
    Instant summer = Instant.parse("2026-03-29T10:00:00Z");
    assertThat(Season.DAY.slot(winter.atZone(berlin), 24))
        .isEqualTo(Season.DAY.slot(summer.atZone(berlin), 24))
        .isEqualTo(12);
  }

  @Test
  void rulesThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> new Condition.Threshold(Direction.ABOVE, 10, 11))
        .hasMessageContaining("recovery");
    assertThatThrownBy(() -> new Condition.Band(3, 2, 0)).hasMessageContaining("band");
    assertThatThrownBy(
            () ->
                new WatchRule(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Aggregation.SUM,
                    ABOVE_TEN,
                    AT_ONCE))
        .hasMessageContaining("window");
  }

  private static List<AlertPhase> phases(Watch watch, double... values) {
    List<AlertPhase> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      watch.point(minute(i), values[i]);
      all.add(watch.state().phase());
    }
    return all;
  }

  private static Watch watch(Condition condition, AlertRule alerts) {
    return new Watch(rule(condition, alerts), AlertState.start());
  }

  private static WatchRule rule(Condition condition, AlertRule alerts) {
    return new WatchRule(Duration.ZERO, Duration.ZERO, Aggregation.LAST, condition, alerts);
  }

  private static AlertRule alerts(
      Duration lasting, Duration keepFiring, Duration coolDown, Absence noData) {
    return new AlertRule(
        lasting, keepFiring, coolDown, Duration.ofMinutes(10), noData, Absence.SHOW);
  }

  private static Instant minute(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }
}
