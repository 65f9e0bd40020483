package dev.segue.plugins.alertanalysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plugins.alertanalysis.AlertContext.Applied;
import dev.segue.plugins.alertanalysis.Remedies.Kind;
import dev.segue.plugins.alertanalysis.Remedies.Plan;
import dev.segue.plugins.alertanalysis.Remedies.Suggestion;
import dev.segue.plugins.alertanalysis.SuggestRemedies.AdSet;
import dev.segue.plugins.alertanalysis.SuggestRemedies.Running;
import dev.segue.plugins.alertanalysis.cause.Amounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is suggested against moves of figures that are better low, better high, or unknown. */
class RemedySearchTest {

  private static final UUID SET = UUID.fromString("00000000-0000-0000-0000-0000000000aa");
  private static final Amounts USUAL = new Amounts(600, 200);

  /** Lunch's cost per conversion goes from 3 to 0.75, or to 10. */
  private static final Explanation CHEAPER =
      ThreeCampaigns.explain("cost", "conversions", USUAL, new Amounts(600, 800));

  private static final Explanation DEARER =
      ThreeCampaigns.explain("cost", "conversions", USUAL, new Amounts(600, 60));

  private static Remedies search(Explanation explanation, Better better, Applied... changes) {
    return search(explanation, Optional.of(better), changes);
  }

  private static Remedies search(
      Explanation explanation, Optional<Better> better, Applied... changes) {
    return new RemedySearch(
            new SuggestRemedies.Input(
                explanation,
                Map.of(),
                List.of(changes),
                List.of(
                    new Running("lunch", "Lunch", new BigDecimal("70.00"), true),
                    new Running("dinner", "Dinner", new BigDecimal("80.00"), true),
                    new Running("brunch", "Brunch", new BigDecimal("50.00"), true)),
                List.of(
                    new AdSet("lunch-all", "Lunch guests", "lunch"),
                    new AdSet("dinner-all", "Dinner guests", "dinner"),
                    new AdSet("brunch-all", "Brunch guests", "brunch")),
                List.of(),
                new BigDecimal("20"),
                "ads-practice:campaign-changes",
                better))
        .search();
  }

  private static Applied tuning() {
    return new Applied(
        SET,
        "ads-practice:campaign-changes.apply:1",
        "Raise Lunch",
        "campaign-budget",
        "lunch",
        Instant.parse("2026-11-20T05:00:00Z"),
        false,
        true);
  }

  private static void isOnlyWatched(Remedies remedies, String why) {
    assertThat(remedies.plan()).isEqualTo(Plan.NONE);
    assertThat(remedies.undo()).isEmpty();
    assertThat(remedies.suggestions()).extracting(Suggestion::kind).containsExactly(Kind.WATCH);
    assertThat(remedies.text()).contains(why);
  }

  @Test
  void leavesAloneWhatBecameBetter() {
    ThreeCampaigns.cause(CHEAPER);
    isOnlyWatched(search(CHEAPER, Better.LOWER, tuning()), "moved for the better");
    Explanation returns =
        ThreeCampaigns.explain(
            "revenue", "cost", new Amounts(4000, 1000), new Amounts(12_000, 1000));
    ThreeCampaigns.cause(returns);
    isOnlyWatched(search(returns, Better.HIGHER, tuning()), "moved for the better");
  }

  @Test
  void suggestsNothingWhereNobodyKnowsWhatIsBetter() {
    isOnlyWatched(search(DEARER, Optional.empty(), tuning()), "better low or high");
  }

  @Test
  void takesBackWhatMadeItWorse() {
    assertThat(search(DEARER, Better.LOWER, tuning()).undo()).contains(SET);
    assertThat(search(CHEAPER, Better.HIGHER, tuning()).undo()).contains(SET);
  }

  @Test
  void movesMoneyToTheCampaignThatDoesBest() {
    Amounts dinner = new Amounts(620, 200);
    Amounts brunch = new Amounts(600, 210);
    Explanation dearer =
        ThreeCampaigns.explain("cost", "conversions", USUAL, new Amounts(600, 60), dinner, brunch);
    assertThat(search(dearer, Better.LOWER).budgets())
        .extracting(Remedies.Budget::campaignId)
        .containsExactly("lunch", "brunch");
    Explanation less =
        ThreeCampaigns.explain("revenue", "cost", USUAL, new Amounts(60, 200), dinner, brunch);
    assertThat(search(less, Better.HIGHER).budgets())
        .extracting(Remedies.Budget::campaignId)
        .containsExactly("lunch", "dinner");
  }

  @Test
  void helpsWhereTheRestIsFarBetterThanItWas() {
    Amounts cheap = new Amounts(100, 200);
    Explanation dearer =
        ThreeCampaigns.explain("cost", "conversions", USUAL, new Amounts(600, 150), cheap, cheap);
    ThreeCampaigns.cause(dearer);
    assertThat(search(dearer, Better.LOWER).plan()).isEqualTo(Plan.CAMPAIGNS);
  }
}
