package dev.segue.plugins.menumodels.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.plugins.menumodels.matrix.MenuClass;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalsTest {

  private static final LocalDate TOMORROW = LocalDate.parse("2026-11-24");
  private static final Figures EUR = new Figures(Currency.getInstance("EUR"));
  private static final Limits LIMITS =
      new Limits(
          new BigDecimal("0.04"),
          new BigDecimal("0.55"),
          PriceEnding.ZERO_OR_FIVE,
          2,
          28,
          new BigDecimal("0.20"),
          2,
          7,
          14,
          new BigDecimal("0.8"),
          new BigDecimal("2.5"));

  @Test
  void raisesThePriceOfAPlowHorseAsFarAsTheStepAndTheEndingAllow() {
    PriceStep step =
        propose(item("pasta", MenuClass.PLOW_HORSE, "10.00", "4.00")).priceSteps().get(0);
    assertThat(step.to()).isEqualByComparingTo("10.40");
    assertThat(step.highest()).isEqualByComparingTo("10.40");
    assertThat(step.lowest()).isEqualByComparingTo("9.60");
    // 70 units at 6.00 become 67.76 at 6.40.
    assertThat(step.units()).isEqualByComparingTo("-2.2");
    assertThat(step.margin()).isEqualByComparingTo("13.66");
    assertThat(step.effect())
        .isEqualTo(
            "13.66 EUR more margin in 7 days: 68 instead of 70 units at 10.40 EUR instead of"
                + " 10.00 EUR, if one percent on the price costs 0.8 % of the units.");
    assertThat(step.reason()).contains("plow horse").contains("12 %").contains("6.00 EUR");
  }

  @Test
  void leavesAPriceThatHasNoRoomForAStepOrThatGuestsWouldNotForgive() {
    assertThat(propose(item("gum", MenuClass.PLOW_HORSE, "0.50", "0.20")).priceSteps()).isEmpty();
    Limits touchy = withPriceElasticity("3");
    assertThat(
            Proposals.of(
                    List.of(item("pasta", MenuClass.PLOW_HORSE, "10.00", "4.00")),
                    new BigDecimal("7"),
                    touchy,
                    EUR,
                    7,
                    TOMORROW)
                .priceSteps())
        .isEmpty();
  }

  @Test
  void leavesANewPriceAlone() {
    assertThat(propose(changedOn(TOMORROW.minusDays(27))).priceSteps()).isEmpty();
    assertThat(propose(changedOn(TOMORROW.minusDays(28))).priceSteps()).hasSize(1);
    assertThat(propose(changedOn(TOMORROW.plusDays(3))).priceSteps()).isEmpty();
  }

  @Test
  void promotesAPuzzleByTheDiscountThatEarnsTheMost() {
    PromotionProposal promotion =
        propose(item("quattro", MenuClass.PUZZLE, "10.00", "3.00")).promotions().get(0);
    // 70 units at 7.00 become 96.25 at 5.50; 20 % would give no more.
    assertThat(promotion.discount()).isEqualByComparingTo("0.15");
    assertThat(promotion.units()).isEqualByComparingTo("26.3");
    assertThat(promotion.margin()).isEqualByComparingTo("39.38");
    assertThat(promotion.endsOn()).isEqualTo(TOMORROW.plusDays(6));
    assertThat(promotion.effect()).contains("96 instead of 70").contains("one percent off");
  }

  @Test
  void keepsTheLeastMarginWhateverADiscountMightEarn() {
    PromotionProposal promotion =
        propose(item("quattro", MenuClass.PUZZLE, "10.00", "4.00")).promotions().get(0);
    assertThat(promotion.discount()).isEqualByComparingTo("0.10");
    assertThat(promotion.mostDiscount()).isEqualByComparingTo("0.1110");
    assertThat(propose(item("thin", MenuClass.PUZZLE, "10.00", "4.50")).promotions()).isEmpty();
  }

  @Test
  void letsAnItemRestAfterAPromotion() {
    assertThat(propose(promotedUntil(TOMORROW.minusDays(14))).promotions()).isEmpty();
    assertThat(propose(promotedUntil(TOMORROW.minusDays(15))).promotions()).hasSize(1);
  }

  @Test
  void picksTheMostPromisingAndAlwaysTheSame() {
    List<Candidate> menu = new ArrayList<>();
    for (String price : List.of("8.00", "12.00", "10.00", "12.00")) {
      menu.add(item("item-" + menu.size(), MenuClass.PLOW_HORSE, price, "3.00"));
    }
    assertThat(propose(menu.toArray(Candidate[]::new)).priceSteps())
        .extracting(PriceStep::itemId)
        .containsExactly("item-1", "item-3");
    assertThat(propose(menu.reversed().toArray(Candidate[]::new)))
        .isEqualTo(propose(menu.toArray(Candidate[]::new)));
  }

  @Test
  void leavesStarsAndDogsToPeople() {
    Proposals proposals =
        propose(
            item("star", MenuClass.STAR, "10.00", "3.00"),
            item("dog", MenuClass.DOG, "5.00", "3.00"));
    assertThat(proposals.count()).isZero();
    assertThat(proposals.featured()).extracting(Advice::itemId).containsExactly("star");
    assertThat(proposals.dropCandidates()).extracting(Advice::itemId).containsExactly("dog");
  }

  @ParameterizedTest
  @CsvSource({
    "ZERO,         13.26, 13.20",
    "ZERO_OR_FIVE, 13.26, 13.25",
    "NINE,         13.26, 13.19",
    "NINE,         13.29, 13.29",
    "NINE,          0.05, -0.01"
  })
  void endsPricesAsAsked(PriceEnding ending, BigDecimal most, BigDecimal price) {
    assertThat(ending.atMost(most, 2)).isEqualByComparingTo(price);
  }

  private static Proposals propose(Candidate... menu) {
    return Proposals.of(List.of(menu), new BigDecimal("7.00"), LIMITS, EUR, 7, TOMORROW);
  }

  private static Candidate item(String id, MenuClass place, String price, String cost) {
    return item(id, place, price, cost, Optional.empty(), Optional.empty());
  }

  private static Candidate changedOn(LocalDate day) {
    return item("pasta", MenuClass.PLOW_HORSE, "10.00", "4.00", Optional.of(day), Optional.empty());
  }

  private static Candidate promotedUntil(LocalDate day) {
    return item("quattro", MenuClass.PUZZLE, "10.00", "3.00", Optional.empty(), Optional.of(day));
  }

  private static Candidate item(
      String id,
      MenuClass place,
      String price,
      String cost,
      Optional<LocalDate> priceSince,
      Optional<LocalDate> promotedUntil) {
    return new Candidate(
        id,
        id,
        place,
        new BigDecimal("0.12"),
        new BigDecimal(price).subtract(new BigDecimal(cost)),
        BigDecimal.TEN,
        new Offer(new BigDecimal(price), new BigDecimal(cost), priceSince, promotedUntil));
  }

  private static Limits withPriceElasticity(String elasticity) {
    return new Limits(
        LIMITS.mostPriceStep(),
        LIMITS.leastMargin(),
        LIMITS.priceEnding(),
        LIMITS.mostPriceSteps(),
        LIMITS.priceRestDays(),
        LIMITS.mostDiscount(),
        LIMITS.mostPromotions(),
        LIMITS.promotionDays(),
        LIMITS.promotionRestDays(),
        new BigDecimal(elasticity),
        LIMITS.promotionElasticity());
  }
}
