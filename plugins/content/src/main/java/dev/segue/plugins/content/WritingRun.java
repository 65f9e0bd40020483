package dev.segue.plugins.content;

import dev.segue.sdk.Money;
import dev.segue.sdk.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One run with a model: texts by the model, and by rules where it gives none. */
final class WritingRun {

  private final WritePromotions.Input input;
  private final StepContext context;
  private final Budget budget;
  private final ModelWriter model;
  private final RuleWriter rules;

  WritingRun(WritePromotions.Input input, ChatModelAccount account, StepContext context) {
    this.input = input;
    this.context = context;
    this.budget = new Budget(input.mostCost(), account);
    this.model = new ModelWriter(account, input.brand(), budget, context);
    this.rules = new RuleWriter(input.brand(), input.seed());
  }

  WritePromotions.Output run() throws InterruptedException {
    List<WritePromotions.PromotionTexts> all = new ArrayList<>();
    for (Promotion promotion : input.promotions()) {
      context.progress(
          (double) all.size() / input.promotions().size(), "writing for " + promotion.item());
      all.add(write(promotion));
    }
    int byModel =
        (int)
            all.stream()
                .filter(texts -> texts.writtenBy() == WritePromotions.WrittenBy.MODEL)
                .count();
    return new WritePromotions.Output(
        List.copyOf(all),
        byModel,
        all.size() - byModel,
        budget.inputTokens(),
        budget.outputTokens(),
        Optional.of(budget.cost()));
  }

  private WritePromotions.PromotionTexts write(Promotion promotion) throws InterruptedException {
    long inputBefore = budget.inputTokens();
    long outputBefore = budget.outputTokens();
    Money costBefore = budget.cost();
    ModelWriter.Attempt attempt = model.write(promotion);
    Texts texts =
        switch (attempt) {
          case ModelWriter.Attempt.Written written -> written.texts();
          case ModelWriter.Attempt.Failed failed -> rules.write(promotion);
        };
    return new WritePromotions.PromotionTexts(
        promotion.id(),
        promotion.item(),
        texts.subject(),
        texts.body(),
        texts.sms(),
        texts.social(),
        attempt instanceof ModelWriter.Attempt.Written
            ? WritePromotions.WrittenBy.MODEL
            : WritePromotions.WrittenBy.RULES,
        reason(attempt),
        budget.inputTokens() - inputBefore,
        budget.outputTokens() - outputBefore,
        Optional.of(budget.cost().minus(costBefore)));
  }

  private static String reason(ModelWriter.Attempt attempt) {
    return switch (attempt) {
      case ModelWriter.Attempt.Written written ->
          written.answers() == 1
              ? "the model kept to the rules"
              : "the model kept to the rules at answer " + written.answers();
      case ModelWriter.Attempt.Failed failed -> failed.reason();
    };
  }
}
