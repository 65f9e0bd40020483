package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.changes.Advice;
import dev.segue.plugins.menumodels.changes.Candidate;
import dev.segue.plugins.menumodels.changes.Figures;
import dev.segue.plugins.menumodels.changes.Limits;
import dev.segue.plugins.menumodels.changes.Offer;
import dev.segue.plugins.menumodels.changes.PriceEnding;
import dev.segue.plugins.menumodels.changes.PriceStep;
import dev.segue.plugins.menumodels.changes.PromotionBrief;
import dev.segue.plugins.menumodels.changes.PromotionProposal;
import dev.segue.plugins.menumodels.changes.Proposals;
import dev.segue.plugins.menumodels.store.Offers;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Proposes price steps and promotions out of the menu matrix and the forecast. */
@StepInfo(
    name = "propose-changes",
    title = "Propose menu changes",
    description =
        "Proposes small price steps for plow horses and promotions for puzzles, within limits, each"
            + " with its reason and expected effect. Stars and dogs are listed as advice. Nothing is"
            + " altered.",
    effect = Effect.READ,
    icon = "propose.svg",
    category = "Menu")
final class ProposeChanges implements Step<ProposeChanges.Input, ProposeChanges.Output> {

  private static final String PRICES = "Prices";
  private static final String PROMOTIONS = "Promotions";

  record Input(
      @Field(title = "Items of the menu matrix", help = "Such as =menuMatrix.items.")
          List<SortMenu.Item> items,
      @Field(title = "Mean margin of the menu matrix", help = "Such as =menuMatrix.meanMargin.")
          BigDecimal meanMargin,
      @Field(title = "Outlook of the forecast", help = "Such as =forecast.outlook.")
          List<ForecastDemand.Outlook> outlook,
      @Field(title = "First day of the forecast", help = "Such as =forecast.from.")
          LocalDate forecastFrom,
      @Field(title = "Last day of the forecast", help = "Such as =forecast.to.")
          LocalDate forecastTo,
      @Field(
              title = "Least margin (%)",
              help = "Share of a price that must be left after the cost.",
              min = 0,
              max = 95,
              defaultValue = "55")
          BigDecimal leastMarginPercent,
      @Field(title = "Most price steps", min = 0, max = 100, defaultValue = "3", group = PRICES)
          int mostPriceSteps,
      @Field(
              title = "Greatest price step (%)",
              min = 0,
              max = 25,
              defaultValue = "4",
              group = PRICES)
          BigDecimal mostPriceStepPercent,
      @Field(title = "Prices end on", defaultValue = "ZERO_OR_FIVE", group = PRICES)
          PriceEnding priceEnding,
      @Field(
              title = "Days a new price is left alone",
              min = 0,
              max = 365,
              defaultValue = "28",
              group = PRICES)
          int priceRestDays,
      @Field(
              title = "Price elasticity",
              help = "By how many percent the units fall when a price rises by one percent.",
              min = 0,
              max = 10,
              defaultValue = "0.8",
              group = PRICES)
          BigDecimal priceElasticity,
      @Field(title = "Most promotions", min = 0, max = 50, defaultValue = "3", group = PROMOTIONS)
          int mostPromotions,
      @Field(
              title = "Greatest discount (%)",
              min = 1,
              max = 60,
              defaultValue = "20",
              group = PROMOTIONS)
          BigDecimal mostDiscountPercent,
      @Field(
              title = "Days of a promotion",
              min = 1,
              max = 31,
              defaultValue = "7",
              group = PROMOTIONS)
          int promotionDays,
      @Field(
              title = "Days an item rests after a promotion",
              min = 0,
              max = 365,
              defaultValue = "14",
              group = PROMOTIONS)
          int promotionRestDays,
      @Field(
              title = "Promotion elasticity",
              help = "By how many percent the units rise per percent of discount.",
              min = 0,
              max = 20,
              defaultValue = "2.5",
              group = PROMOTIONS)
          BigDecimal promotionElasticity) {

    /** Refuses a forecast that ends before it begins. */
    Input {
      if (forecastTo.isBefore(forecastFrom)) {
        throw new IllegalArgumentException(
            "the forecast's last day " + forecastTo + " is before its first, " + forecastFrom);
      }
    }

    int forecastDays() {
      return Math.toIntExact(ChronoUnit.DAYS.between(forecastFrom, forecastTo) + 1);
    }

    Limits limits() {
      return new Limits(
          share(mostPriceStepPercent),
          share(leastMarginPercent),
          priceEnding,
          mostPriceSteps,
          priceRestDays,
          share(mostDiscountPercent),
          mostPromotions,
          promotionDays,
          promotionRestDays,
          priceElasticity,
          promotionElasticity);
    }

    private static BigDecimal share(BigDecimal percent) {
      return percent.movePointLeft(2);
    }
  }

  record Output(
      @Field(title = "Number of proposals", help = "Price steps and promotions.", min = 0)
          int count,
      @Field(title = "In one sentence") String summary,
      @Field(title = "Currency") String currency,
      @Field(title = "Expected change in margin") BigDecimal margin,
      @Field(title = "Price steps") List<PriceStep> priceSteps,
      @Field(title = "Promotions") List<PromotionProposal> promotions,
      @Field(title = "Promotions to write texts for") List<PromotionBrief> briefs,
      @Field(title = "To keep in sight", help = "Stars; at most 5.") List<Advice> featured,
      @Field(title = "To rework or take off", help = "Dogs; at most 5.")
          List<Advice> dropCandidates) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    Place place = Place.of(context);
    LocalDate startsOn = place.today().plusDays(1);
    Map<String, Offer> offers =
        new Offers(context.data().dataSource()).on(place.site().id(), startsOn);
    Figures figures = new Figures(place.site().currency());
    Proposals proposals =
        Proposals.of(
            candidates(input, offers),
            input.meanMargin(),
            input.limits(),
            figures,
            input.forecastDays(),
            startsOn);
    return new Output(
        proposals.count(),
        summary(proposals, figures),
        place.site().currency().getCurrencyCode(),
        proposals.margin(),
        proposals.priceSteps(),
        proposals.promotions(),
        proposals.promotions().stream().map(PromotionBrief::of).toList(),
        proposals.featured(),
        proposals.dropCandidates());
  }

  /** Items that are no longer offered, or lack a price, are left out. */
  private static List<Candidate> candidates(Input input, Map<String, Offer> offers) {
    Map<String, BigDecimal> daily = new HashMap<>();
    BigDecimal days = BigDecimal.valueOf(input.forecastDays());
    for (ForecastDemand.Outlook outlook : input.outlook()) {
      daily.put(outlook.itemId(), outlook.units().divide(days, MathContext.DECIMAL64));
    }
    List<Candidate> menu = new ArrayList<>();
    for (SortMenu.Item item : input.items()) {
      Offer offer = offers.get(item.itemId());
      if (offer != null) {
        menu.add(
            new Candidate(
                item.itemId(),
                item.name(),
                item.menuClass(),
                item.share(),
                item.margin(),
                daily.getOrDefault(item.itemId(), BigDecimal.ZERO),
                offer));
      }
    }
    return menu;
  }

  private static String summary(Proposals proposals, Figures figures) {
    return proposals.count() == 0
        ? "Nothing to change: no price step and no promotion is expected to earn more within the"
            + " limits."
        : counted(proposals.priceSteps().size(), "price step")
            + " and "
            + counted(proposals.promotions().size(), "promotion")
            + ", together expected to add "
            + figures.money(proposals.margin())
            + " of margin.";
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
