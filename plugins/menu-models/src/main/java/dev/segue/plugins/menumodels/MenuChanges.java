package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.changes.Figures;
import dev.segue.plugins.menumodels.changes.PriceStep;
import dev.segue.plugins.menumodels.changes.PromotionProposal;
import dev.segue.plugins.menumodels.changes.PromotionText;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import dev.segue.sdk.Undo;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Changes prices and plans promotions, once people have approved the very list. */
@StepInfo(
    name = "menu-changes",
    title = "Change the menu",
    description =
        "Enters new prices into the price list and promotions into the calendar, once they are"
            + " approved. Approvers may alter prices, discounts, days and texts within the limits.",
    effect = Effect.WRITE,
    inDoubt = InDoubt.RETRY,
    icon = "change.svg",
    category = "Menu")
final class MenuChanges implements ChangeStep<MenuChanges.Input, MenuChanges.Output> {

  private static final int MOST_REFUSALS = 20;

  record Input(
      @Field(title = "Price steps", help = "Such as =proposals.priceSteps.", maxLength = 1000)
          List<PriceStep> priceSteps,
      @Field(title = "Promotions", help = "Such as =proposals.promotions.", maxLength = 1000)
          List<PromotionProposal> promotions,
      @Field(
              title = "Texts of the promotions",
              help = "One per promotion that has texts.",
              defaultValue = "[]",
              maxLength = 1000)
          List<PromotionText> texts,
      @Field(
              title = "Summary",
              help = "For those who approve.",
              maxLength = 1000,
              defaultValue = "-")
          String summary) {}

  record Output(
      @Field(title = "Prices changed", min = 0) int prices,
      @Field(title = "Promotions planned", min = 0) int promotions,
      @Field(title = "Refused", min = 0) int refused,
      @Field(title = "Why they were refused", help = "The first 20.") List<String> refusals) {}

  @Override
  public ChangeSet plan(Input input, StepContext context) {
    Place place = Place.of(context);
    Instant validUntil = endOf(place.today().plusDays(1), place);
    Figures figures = new Figures(place.site().currency());
    Map<String, PromotionText> texts = new HashMap<>();
    input.texts().forEach(text -> texts.put(text.promotionId(), text));
    List<Change> changes = new ArrayList<>();
    PriceChanges prices = new PriceChanges(place.site(), figures);
    input.priceSteps().forEach(step -> changes.add(prices.plan(step, validUntil)));
    PromotionChanges promotions = new PromotionChanges(place.site());
    for (PromotionProposal proposal : input.promotions()) {
      changes.add(promotions.plan(proposal, texts.get(proposal.id()), validUntil));
    }
    return new ChangeSet(
        "Change the menu of " + place.site().name(),
        input.summary().equals("-") ? "" : input.summary(),
        changes);
  }

  private static Instant endOf(LocalDate day, Place place) {
    return day.plusDays(1)
        .atTime(place.site().businessDayEnd())
        .atZone(place.site().zone())
        .toInstant();
  }

  @Override
  public List<ChangeProblem> check(List<Change> changes, StepContext context) throws Exception {
    Place place = Place.of(context);
    Figures figures = new Figures(place.site().currency());
    List<ChangeProblem> problems = new ArrayList<>();
    for (int ordinal = 0; ordinal < changes.size(); ordinal++) {
      Change change = changes.get(ordinal);
      ChangeFields fields = new ChangeFields(change, ordinal, problems);
      if (PriceChanges.isOne(change)) {
        PriceChanges.check(fields, figures);
      } else {
        PromotionChanges.check(fields, place.today(), context.data());
      }
    }
    PromotionChanges.checkTogether(changes, problems);
    return problems;
  }

  @Override
  public ChangeOutcome apply(Change change, String key, StepContext context) throws Exception {
    Place place = Place.of(context);
    String siteId = ItemTarget.of(change).siteId();
    if (!siteId.equals(place.site().id())) {
      return new ChangeOutcome.Refused(
          "The change is for " + siteId + ", and this run is for " + place.site().id() + ".");
    }
    Figures figures = new Figures(place.site().currency());
    return PriceChanges.isOne(change)
        ? new PriceChanges(place.site(), figures).apply(change, key, place.today(), context.data())
        : PromotionChanges.apply(change, key, context.data());
  }

  @Override
  public PastOutcome outcome(Change change, String key, StepContext context) throws SQLException {
    return PriceChanges.isOne(change)
        ? PriceChanges.outcome(key, context.data())
        : PromotionChanges.outcome(change, key, context.data());
  }

  @Override
  public Undo inverse(Change change, ChangeOutcome.Applied applied) {
    return PriceChanges.isOne(change)
        ? PriceChanges.inverse(change)
        : PromotionChanges.inverse(change, applied);
  }

  @Override
  public Output result(List<ChangeResult> outcomes) {
    List<ChangeResult> applied =
        outcomes.stream()
            .filter(result -> result.outcome() instanceof ChangeOutcome.Applied)
            .toList();
    int prices = (int) applied.stream().filter(r -> PriceChanges.isOne(r.change())).count();
    List<String> refusals =
        outcomes.stream()
            .flatMap(
                result ->
                    result.outcome() instanceof ChangeOutcome.Refused refused
                        ? Stream.of(result.change().title() + ": " + refused.reason())
                        : Stream.empty())
            .toList();
    return new Output(
        prices,
        applied.size() - prices,
        refusals.size(),
        refusals.stream().limit(MOST_REFUSALS).toList());
  }

  @Override
  public List<Input> examples() {
    LocalDate day = LocalDate.parse("2026-11-24");
    return List.of(
        new Input(
            List.of(
                new PriceStep(
                    "margherita",
                    "Margherita",
                    new BigDecimal("9.50"),
                    new BigDecimal("9.80"),
                    new BigDecimal("9.15"),
                    new BigDecimal("9.88"),
                    day,
                    "A plow horse.",
                    "20.00 EUR more margin in 7 days.",
                    new BigDecimal("-2.1"),
                    new BigDecimal("20.00"))),
            List.of(
                new PromotionProposal(
                    "quattro/2026-11-24",
                    "quattro",
                    "Quattro Formaggi",
                    new BigDecimal("12.50"),
                    new BigDecimal("0.15"),
                    new BigDecimal("0.2"),
                    day,
                    day.plusDays(6),
                    "A puzzle.",
                    "31.00 EUR more margin in 7 days.",
                    new BigDecimal("14.0"),
                    new BigDecimal("31.00"))),
            List.of(),
            "1 price step and 1 promotion."));
  }
}
