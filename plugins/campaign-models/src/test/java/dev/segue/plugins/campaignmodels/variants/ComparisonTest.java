package dev.segue.plugins.campaignmodels.variants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private final Comparison comparison = new Comparison(Rule.DEFAULT);

  private static List<Map<String, Counts>> days(int days, long a, long b, long c) {
    return Collections.nCopies(
        days, Map.of("a", new Counts(1000, a), "b", new Counts(1000, b), "c", new Counts(1000, c)));
  }

  private static Assessment of(List<Assessment> all, String variant) {
    return all.stream().filter(one -> one.variant().equals(variant)).findFirst().orElseThrow();
  }

  @Test
  void namesTheWinnerAndTheLoser() {
    List<Assessment> all = comparison.compare(days(14, 50, 70, 30), "a");
    assertThat(all).extracting(Assessment::variant).containsExactly("a", "b", "c");
    assertThat(all)
        .extracting(Assessment::verdict)
        .containsExactly(Verdict.BASELINE, Verdict.WINNER, Verdict.WORSE);
    assertThat(of(all, "b").probabilityBest()).isGreaterThan(0.999);
    assertThat(of(all, "a").expectedLoss()).isCloseTo(0.02, within(0.001));
    assertThat(of(all, "a").low()).isBetween(0.045, 0.05);
    assertThat(of(all, "a").high()).isBetween(0.05, 0.055);
  }

  @Test
  void namesOnlyTheBestOfTheBetterOnesAndNoneThatIsNotSurelyBest() {
    assertThat(comparison.compare(days(14, 50, 90, 120), "a"))
        .extracting(Assessment::verdict)
        .containsExactly(Verdict.BASELINE, Verdict.BETTER, Verdict.WINNER);
    assertThat(comparison.compare(days(14, 50, 90, 91), "a"))
        .extracting(Assessment::verdict)
        .containsExactly(Verdict.BASELINE, Verdict.BETTER, Verdict.BETTER);
  }

  @Test
  void probabilitiesOfBeingBestAddUp() {
    List<Assessment> all = comparison.compare(days(3, 50, 51, 52), "a");
    assertThat(all.stream().mapToDouble(Assessment::probabilityBest).sum())
        .isCloseTo(1, within(1e-3));
    assertThat(all).allSatisfy(one -> assertThat(one.expectedLoss()).isGreaterThan(0));
  }

  @Test
  void saysNothingBeforeTheLeastExposure() {
    assertThat(comparison.compare(days(6, 50, 300, 50), "a"))
        .extracting(Assessment::verdict)
        .containsExactly(Verdict.BASELINE, Verdict.TOO_EARLY, Verdict.TOO_EARLY);
    List<Map<String, Counts>> thin =
        Collections.nCopies(10, Map.of("a", new Counts(99, 1), "b", new Counts(99, 60)));
    assertThat(comparison.compare(thin, "a").getLast().verdict()).isEqualTo(Verdict.TOO_EARLY);
  }

  @Test
  void leavesOutWhoNeverRanBesideTheBaseline() {
    // b ran in better weeks alone: its rate is higher, and that says nothing of the ad.
    List<Map<String, Counts>> days =
        List.of(
            Map.of("a", new Counts(50_000, 500), "c", new Counts(50_000, 500)),
            Map.of("b", new Counts(50_000, 5000)));
    assertThat(comparison.compare(days, "a"))
        .extracting(Assessment::variant)
        .containsExactly("a", "c");
  }

  @Test
  void judgesWhoJoinsInABetterWeekByThatWeekAlone() {
    // Holidays double all rates. b joins then, and is worse than a on each day that it runs.
    List<Assessment> all =
        comparison.compare(
            concat(
                Collections.nCopies(20, Map.of("a", new Counts(10_000, 200))),
                Collections.nCopies(
                    8, Map.of("a", new Counts(10_000, 400), "b", new Counts(10_000, 300)))),
            "a");
    assertThat(of(all, "b").verdict()).isEqualTo(Verdict.WORSE);
    assertThat(of(all, "b").counts()).isEqualTo(new Counts(80_000, 2400));
    assertThat(of(all, "b").beside()).isEqualTo(new Counts(80_000, 3200));
    assertThat(of(all, "a").counts()).isEqualTo(new Counts(80_000, 3200));
    assertThat(of(all, "b").probabilityBest()).isLessThan(0.001);
  }

  @Test
  void weighsVariantsOfDifferentDaysAgainstEachOtherByWhatTheBaselineDidThen() {
    // c ran in plain weeks and doubled the rate; b ran in holidays and raised it by a tenth.
    List<Assessment> all =
        comparison.compare(
            concat(
                Collections.nCopies(
                    14, Map.of("a", new Counts(10_000, 200), "c", new Counts(10_000, 400))),
                Collections.nCopies(
                    14, Map.of("a", new Counts(10_000, 800), "b", new Counts(10_000, 960))),
                List.of(Map.of("c", new Counts(10_000, 800)))),
            "a");
    assertThat(of(all, "b").rate()).isGreaterThan(of(all, "c").rate());
    assertThat(of(all, "c").probabilityBest()).isGreaterThan(0.99);
    assertThat(all)
        .extracting(Assessment::verdict)
        .containsExactly(Verdict.BASELINE, Verdict.BETTER, Verdict.WINNER);
  }

  @Test
  void countsOnlyTrialsBesideEachOtherAsExposure() {
    List<Map<String, Counts>> days =
        concat(
            Collections.nCopies(20, Map.of("a", new Counts(1000, 50))),
            Collections.nCopies(8, Map.of("a", new Counts(100, 1), "b", new Counts(1000, 500))));
    assertThat(of(comparison.compare(days, "a"), "b").verdict()).isEqualTo(Verdict.TOO_EARLY);
  }

  @Test
  void passesOverWhoWasStoppedButCountsTheChanceThatItHad() {
    List<Map<String, Counts>> two =
        Collections.nCopies(20, Map.of("a", new Counts(10_000, 500), "b", new Counts(10_000, 522)));
    double evidence = comparison.compare(two, "a").getLast().evidence();
    Comparison strict = new Comparison(new Rule(1.5 / evidence, 1000, 7, 0.01));
    assertThat(strict.compare(two, "a").getLast().verdict()).isEqualTo(Verdict.WINNER);
    List<Map<String, Counts>> before =
        Collections.nCopies(
            20, Map.of("a", new Counts(10_000, 500), "gone", new Counts(10_000, 500)));
    assertThat(strict.compare(concat(before, two), "a"))
        .extracting(Assessment::variant, Assessment::verdict)
        .containsExactly(tuple("a", Verdict.BASELINE), tuple("b", Verdict.UNDECIDED));
  }

  @SafeVarargs
  private static List<Map<String, Counts>> concat(List<Map<String, Counts>>... parts) {
    return Stream.of(parts).flatMap(List::stream).toList();
  }

  @Test
  void needsABaselineThatRan() {
    assertThatThrownBy(() -> comparison.compare(days(1, 1, 1, 1), "z"))
        .hasMessageContaining("'z' has no trials");
    assertThatThrownBy(() -> new Counts(3, 4)).hasMessageContaining("4 successes of 3 trials");
  }
}
