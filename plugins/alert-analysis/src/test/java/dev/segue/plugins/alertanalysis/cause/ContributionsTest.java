package dev.segue.plugins.alertanalysis.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContributionsTest {

  @ParameterizedTest
  @EnumSource(Measure.class)
  void addsUpToTheWholeDifferenceByEachDivision(Measure measure) {
    Random random = new Random(11);
    for (int world = 0; world < 200; world++) {
      Breakdown breakdown = new Breakdown(measure, cells(random), cells(random));
      double total = breakdown.valueAfter() - breakdown.valueBefore();
      for (String dimension : List.of("campaign", "variant")) {
        List<Part> parts = breakdown.parts(dimension);
        assertThat(parts.stream().mapToDouble(Part::contribution).sum())
            .isCloseTo(total, within(1e-9));
        assertThat(parts.stream().mapToDouble(part -> part.rateEffect() + part.mixEffect()).sum())
            .isCloseTo(total, within(1e-9));
        assertThat(parts.stream().mapToDouble(Part::share).sum()).isCloseTo(1, within(1e-6));
      }
    }
  }

  /** Some segments cost without bringing anything, are new, or are gone. */
  private static List<Cell> cells(Random random) {
    List<Cell> cells = new ArrayList<>();
    for (String campaign : List.of("lunch", "dinner", "brunch")) {
      for (String variant : List.of("plain", "photo")) {
        if (random.nextInt(6) > 0) {
          cells.add(
              new Cell(
                  Map.of("campaign", campaign, "variant", variant),
                  new Amounts(100 * random.nextDouble(), random.nextInt(20))));
        }
      }
    }
    cells.add(new Cell(Map.of("campaign", "base", "variant", "plain"), new Amounts(50, 10)));
    return cells;
  }

  @Test
  void tellsAWorseRateFromAShiftToWhatWasAlwaysWorse() {
    Amounts cheap = new Amounts(100, 50);
    Amounts dear = new Amounts(100, 10);
    Contributions worse = new Contributions(Measure.RATIO, cheap.plus(dear), new Amounts(300, 60));
    assertThat(worse.of(cheap, new Amounts(200, 50))).isCloseTo(worse.total(), within(1e-12));
    assertThat(worse.rateEffect(cheap, new Amounts(200, 50)))
        .isCloseTo(worse.total(), within(1e-12));

    Contributions shift =
        new Contributions(Measure.RATIO, cheap.plus(dear), cheap.times(0.5).plus(dear.times(3)));
    assertThat(shift.rateEffect(cheap, cheap.times(0.5))).isZero();
    assertThat(shift.rateEffect(dear, dear.times(3))).isZero();
    assertThat(shift.of(cheap, cheap.times(0.5)) + shift.of(dear, dear.times(3)))
        .isCloseTo(shift.total(), within(1e-12));
  }

  @Test
  void seesNothingInAPlainDoublingOfEverything() {
    Amounts cheap = new Amounts(100, 50);
    Amounts dear = new Amounts(100, 10);
    Contributions doubled =
        new Contributions(Measure.RATIO, cheap.plus(dear), cheap.plus(dear).times(2));
    assertThat(doubled.of(dear, dear.times(2))).isCloseTo(0, within(1e-12));
    assertThat(doubled.surprise(dear, dear.times(2))).isCloseTo(0, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 3})
  void blamesACostThatBringsNothingForItsRate(double factor) {
    Amounts idle = new Amounts(30 * factor, 0);
    Amounts rest = new Amounts(100, 50);
    Contributions whole = new Contributions(Measure.RATIO, rest, rest.plus(idle));
    assertThat(whole.of(Amounts.NONE, idle)).isCloseTo(whole.total(), within(1e-12));
    assertThat(whole.rateEffect(Amounts.NONE, idle)).isCloseTo(whole.total(), within(1e-12));
  }

  @Test
  void hasTheSurpriseOfThePaper() {
    Contributions sum = new Contributions(Measure.SUM, new Amounts(100, 0), new Amounts(50, 0));
    double p = 0.5;
    double q = 0.1;
    assertThat(sum.surprise(new Amounts(50, 0), new Amounts(5, 0)))
        .isCloseTo(
            0.5 * (p * Math.log(2 * p / (p + q)) + q * Math.log(2 * q / (p + q))), within(1e-12));
  }
}
