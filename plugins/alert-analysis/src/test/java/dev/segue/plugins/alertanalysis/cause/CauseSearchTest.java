package dev.segue.plugins.alertanalysis.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CauseSearchTest {

  private static final List<String> CAMPAIGNS = List.of("lunch", "dinner", "brunch");
  private static final List<String> SEGMENTS = List.of("18-24", "25-34", "35-54", "55+");

  private final CauseSearch search = new CauseSearch(CauseSearch.Rule.DEFAULT);

  private interface Factor {
    double of(String campaign, String segment);
  }

  /** Each cell costs 100 and brings 20, times the factor. */
  private static List<Cell> cells(double cost, Factor conversions) {
    List<Cell> cells = new ArrayList<>();
    for (String campaign : CAMPAIGNS) {
      for (String segment : SEGMENTS) {
        cells.add(
            new Cell(
                Map.of("campaign", campaign, "ad_set", campaign + "-all", "segment", segment),
                new Amounts(100 * cost, 20 * cost * conversions.of(campaign, segment))));
      }
    }
    return cells;
  }

  private static List<List<Cell>> ordinary() {
    return List.of(
        cells(1, (campaign, segment) -> 1.02),
        cells(1.1, (campaign, segment) -> campaign.equals("lunch") ? 0.97 : 1),
        cells(0.9, (campaign, segment) -> segment.equals("55+") ? 1.03 : 1),
        cells(1, (campaign, segment) -> 0.99));
  }

  @Test
  void namesTheCampaignThatBringsLess() {
    List<Cause> causes =
        search.causes(
            Measure.RATIO,
            ordinary(),
            cells(1, (campaign, segment) -> campaign.equals("dinner") ? 0.4 : 1));
    assertThat(causes.getFirst().part().segments())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("dinner");
    assertThat(causes.getFirst().part().share()).isGreaterThan(0.9);
    assertThat(causes).extracting(Cause::dimension).doesNotContain("segment");
    assertThat(causes)
        .filteredOn(cause -> cause.dimension().equals("campaign"))
        .singleElement()
        .satisfies(cause -> assertThat(cause.within()).containsEntry("ad_set", "dinner-all"));
  }

  @Test
  void saysInWhichCampaignASegmentGotWorse() {
    List<Cause> causes =
        search.causes(
            Measure.RATIO,
            ordinary(),
            cells(
                1,
                (campaign, segment) ->
                    campaign.equals("lunch") && segment.equals("18-24") ? 0.05 : 1));
    assertThat(causes.getFirst().dimension()).isEqualTo("segment");
    assertThat(causes.getFirst().part().segments()).containsExactly("18-24");
    assertThat(causes.getFirst().within())
        .containsEntry("campaign", "lunch")
        .containsEntry("ad_set", "lunch-all");
  }

  @Test
  void namesNothingWhenAllGetWorseAlike() {
    assertThat(search.causes(Measure.RATIO, ordinary(), cells(1, (campaign, segment) -> 0.6)))
        .isEmpty();
    assertThat(search.causes(Measure.SUM, ordinary(), cells(0.5, (campaign, segment) -> 1)))
        .isEmpty();
  }

  @Test
  void namesNothingThatIsNoMoreThanOrdinarilyHappens() {
    assertThat(
            search.causes(
                Measure.RATIO,
                ordinary(),
                cells(1, (campaign, segment) -> campaign.equals("lunch") ? 0.985 : 1)))
        .isEmpty();
  }

  @Test
  void explainsAFallOfASum() {
    List<Cell> after =
        cells(1, (campaign, segment) -> 1).stream()
            .map(
                cell ->
                    cell.label("campaign").equals("brunch")
                        ? new Cell(cell.labels(), cell.amounts().times(0.1))
                        : cell)
            .toList();
    assertThat(search.causes(Measure.SUM, ordinary(), after))
        .filteredOn(cause -> cause.dimension().equals("campaign"))
        .singleElement()
        .satisfies(cause -> assertThat(cause.part().segments()).containsExactly("brunch"));
  }

  @Test
  void namesNothingWithoutAFigure() {
    List<Cell> nothing = cells(1, (campaign, segment) -> 0);
    assertThat(search.causes(Measure.RATIO, ordinary(), nothing)).isEmpty();
    assertThat(search.causes(Measure.RATIO, List.of(nothing), nothing)).isEmpty();
  }
}
