package dev.segue.plugins.alertanalysis.season;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class MoveTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant END = Instant.parse("2026-11-20T12:00:00Z");

  /** Hours up to noon with a day's season, the last ones times a factor. */
  private static SortedMap<Instant, Double> hours(int days, int last, DoubleUnaryOperator moved) {
    SortedMap<Instant, Double> values = new TreeMap<>();
    for (int ago = days * 24; ago >= 1; ago--) {
      Instant at = END.minus(Duration.ofHours(ago));
      double usual = 3 + Math.sin(at.atZone(BERLIN).getHour() / 24.0 * 2 * Math.PI);
      double noise = 0.02 * Math.sin(7.3 * ago);
      values.put(at, ago <= last ? moved.applyAsDouble(usual) : usual + noise);
    }
    return values;
  }

  @Test
  void findsWhereTheValuesWentOutOfOrderAndWhatWasToBeExpected() {
    SortedMap<Instant, Double> values = hours(28, 6, usual -> usual * 1.5);
    Grain grain = Grain.of(values, BERLIN);
    assertThat(grain.step()).isEqualTo(Duration.ofHours(1));

    // The condition had to last for three hours.
    Move move = Move.of(values, grain, END.minus(Duration.ofHours(3)), Optional.empty());

    assertThat(move.from()).isEqualTo(END.minus(Duration.ofHours(6)));
    assertThat(move.actual() / move.expected()).isCloseTo(1.5, within(0.03));
    assertThat(move.expectation().season()).isEqualTo(Expectation.Season.WEEK);
  }

  @Test
  void beginsAtTheAlertWhereNothingIsOutOfOrder() {
    SortedMap<Instant, Double> values = hours(28, 0, usual -> usual);
    Instant alert = END.minus(Duration.ofHours(2));
    Move move = Move.of(values, Grain.of(values, BERLIN), alert, Optional.empty());
    assertThat(move.from()).isEqualTo(alert.minus(Duration.ofHours(1)));
    assertThat(move.actual()).isCloseTo(move.expected(), within(0.05));
  }

  @Test
  void looksAtTheLastValuesWhereTheNextIsOnlyAboutToCome() {
    SortedMap<Instant, Double> values = hours(28, 6, usual -> usual * 1.5);
    Grain grain = Grain.of(values, BERLIN);
    Move move = Move.of(values, grain, END.plusSeconds(1800), Optional.empty());
    assertThat(move.from()).isEqualTo(END.minus(Duration.ofHours(6)));
    Move silent = Move.of(values, grain, END.plus(Duration.ofHours(9)), Optional.empty());
    assertThat(silent.actual()).as("silent for hours").isNaN();
  }

  @Test
  void tellsTimesOfTheDayApartUntilThereAreWeeks() {
    SortedMap<Instant, Double> values = hours(5, 3, usual -> 0);
    Move move =
        Move.of(values, Grain.of(values, BERLIN), END.minus(Duration.ofHours(3)), Optional.empty());
    assertThat(move.expectation().season()).isEqualTo(Expectation.Season.DAY);
    assertThat(move.actual()).isZero();
  }

  @Test
  void knowsNothingOfASeriesWithoutPoints() {
    SortedMap<Instant, Double> none = new TreeMap<>();
    Move move = Move.of(none, Grain.of(none, BERLIN), END, Optional.empty());
    assertThat(move.actual()).isNaN();
    assertThat(move.expectation().at(END).expected()).isNaN();
  }

  @Test
  void gathersDaysOfTheZoneOverAClockChange() {
    SortedMap<Instant, Double> values = new TreeMap<>();
    for (int day = 0; day < 10; day++) {
      values.put(
          LocalDate.parse("2026-10-20").plusDays(day).atTime(9, 0).atZone(BERLIN).toInstant(),
          1.0 + day);
    }
    Grain grain = Grain.of(values, BERLIN);
    assertThat(grain.step()).isEqualTo(Duration.ofDays(1));
    assertThat(grain.gather(values, false, END))
        .hasSize(10)
        .containsKey(Instant.parse("2026-10-24T22:00:00Z"))
        .containsKey(Instant.parse("2026-10-25T23:00:00Z"));
  }

  @Test
  void leavesAPartOutThatIsNotOverWhereValuesAddUp() {
    SortedMap<Instant, Double> values = hours(2, 0, usual -> usual);
    Instant now = END.minusSeconds(1800);
    Grain grain = Grain.of(values, BERLIN);
    assertThat(grain.gather(values, true, now)).hasSize(values.size() - 1);
    assertThat(grain.gather(values, false, now)).hasSize(values.size());
  }
}
