package dev.segue.plugins.content;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Money;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the texts of promotions.
 *
 * <p>Its effect is {@code SPEND}, because a model's tokens cost money: so the journal answers a
 * repeated delivery without paying again, and a simulation, which writes by rules alone, costs
 * nothing. Repeating it in doubt is harmless but for a cost within the step's limit.
 */
@StepInfo(
    name = "write-promotions",
    title = "Write promotion texts",
    description =
        "Writes email, text message and social post for each promotion, with a chat model if one is"
            + " given and by rules otherwise. Nothing is sent.",
    effect = Effect.SPEND,
    inDoubt = InDoubt.RETRY,
    timeout = "PT15M",
    icon = "pen.svg",
    category = "Marketing")
final class WritePromotions implements Step<WritePromotions.Input, WritePromotions.Output> {

  enum WrittenBy {
    MODEL,
    RULES
  }

  record Input(
      @Field(title = "Chat model", help = "Without one, texts are written by rules.")
          Optional<ChatModelAccount> model,
      @Field(title = "Promotions", maxLength = 50) List<Promotion> promotions,
      @Field(title = "Brand") Brand brand,
      @Field(
              title = "Most that a run may cost",
              help = "In the currency of the model's prices; beyond it texts are written by rules.",
              min = 0,
              defaultValue = "0.50")
          BigDecimal mostCost,
      @Field(
              title = "Seed",
              help = "Chooses among the wordings of the rules; the same seed, the same texts.",
              defaultValue = "1")
          long seed) {}

  record Output(
      @Field(title = "Texts") List<PromotionTexts> texts,
      @Field(title = "Written by the model", min = 0) int byModel,
      @Field(title = "Written by rules", min = 0) int byRules,
      @Field(title = "Tokens read", min = 0) long inputTokens,
      @Field(title = "Tokens written", min = 0) long outputTokens,
      @Field(title = "Cost", help = "Empty without a model.") Optional<Money> cost) {}

  record PromotionTexts(
      @Field(title = "Promotion") String promotionId,
      @Field(title = "Item") String item,
      @Field(title = "Email subject") String emailSubject,
      @Field(title = "Email body") String emailBody,
      @Field(title = "Text message", help = "At most 160 GSM-7 characters.") String sms,
      @Field(title = "Social post") String social,
      @Field(title = "Written by") WrittenBy writtenBy,
      @Field(title = "Why so") String reason,
      @Field(title = "Tokens read", min = 0) long inputTokens,
      @Field(title = "Tokens written", min = 0) long outputTokens,
      @Field(title = "Cost", help = "Empty without a model.") Optional<Money> cost) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    return input.model().isPresent()
        ? new WritingRun(input, input.model().get(), context).run()
        : byRules(input, "no chat model is given");
  }

  @Override
  public Output simulate(Input input, StepContext context) {
    return byRules(
        input,
        input.model().isPresent()
            ? "a simulation spends nothing on a model"
            : "no chat model is given");
  }

  private static Output byRules(Input input, String reason) {
    RuleWriter writer = new RuleWriter(input.brand(), input.seed());
    List<PromotionTexts> all = new ArrayList<>();
    for (Promotion promotion : input.promotions()) {
      Texts texts = writer.write(promotion);
      all.add(
          new PromotionTexts(
              promotion.id(),
              promotion.item(),
              texts.subject(),
              texts.body(),
              texts.sms(),
              texts.social(),
              WrittenBy.RULES,
              reason,
              0,
              0,
              Optional.empty()));
    }
    return new Output(List.copyOf(all), 0, all.size(), 0, 0, Optional.empty());
  }

  @Override
  public List<Input> examples() {
    return List.of(
        new Input(
            Optional.empty(),
            List.of(
                new Promotion(
                    "promo-1",
                    "Margherita",
                    new BigDecimal("0.20"),
                    LocalDate.of(2026, 11, 24),
                    LocalDate.of(2026, 11, 26),
                    "Tuesdays to Thursdays are quiet.")),
            new Brand("Pizza Place", "warm, short, no superlatives", Language.ENGLISH, List.of()),
            new BigDecimal("0.50"),
            1));
  }
}
