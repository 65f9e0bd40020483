package dev.segue.plugins.adspractice;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.util.List;

/** Reads campaigns and their budgets from the platform. */
@StepInfo(
    name = "read-account",
    title = "Read ad account",
    description = "Reads the campaigns of an ad account with their daily budgets as they are now.",
    effect = Effect.READ,
    icon = "account.svg",
    category = "Campaigns")
final class ReadAccount implements Step<ReadAccount.Input, ReadAccount.Output> {

  record Input(@Field(title = "Ad account") AdAccount account) {}

  record Output(
      @Field(title = "Currency") String currency,
      @Field(title = "Campaigns") List<Running> campaigns,
      @Field(title = "Ad sets") List<Part> adSets) {}

  /** A campaign as it runs. */
  record Running(
      @Field(title = "Campaign") String id,
      @Field(title = "Name") String name,
      @Field(title = "Daily budget", min = 0) BigDecimal dailyBudget,
      @Field(title = "Runs") boolean active) {}

  /** An ad set and the campaign that it is part of. */
  record Part(
      @Field(title = "Ad set") String id,
      @Field(title = "Name") String name,
      @Field(title = "Campaign") String campaignId) {}

  @Override
  public Output run(Input input, StepContext context) throws Exception {
    AccountState state = new Platform(input.account(), context.http()).read();
    return new Output(
        state.currency(),
        state.campaigns().stream()
            .map(one -> new Running(one.id(), one.name(), one.budget(), one.active()))
            .toList(),
        state.campaigns().stream()
            .flatMap(
                one -> one.adSets().stream().map(set -> new Part(set.id(), set.name(), one.id())))
            .toList());
  }
}
