package dev.segue.plugins.adspractice;

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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes budgets, targeting and variants, once people have approved the very list. */
@StepInfo(
    name = "campaign-changes",
    title = "Change campaigns",
    description =
        "Sets daily budgets, reaches segments less or more and pauses variants, once they are"
            + " approved. Each change is made only if the platform still has what was planned"
            + " from; ACCOUNT_CHANGED says at planning that it hasn't.",
    effect = Effect.SPEND,
    inDoubt = InDoubt.RETRY,
    icon = "change.svg",
    category = "Campaigns")
final class CampaignChanges implements ChangeStep<CampaignChanges.Input, CampaignChanges.Output> {

  private static final int MOST_REFUSALS = 20;

  record Input(
      @Field(title = "Ad account") AdAccount account,
      @Field(title = "Budgets", defaultValue = "[]", maxLength = 500) List<Wanted.Budget> budgets,
      @Field(title = "Segments", defaultValue = "[]", maxLength = 500)
          List<Wanted.Segment> targeting,
      @Field(title = "Variants to pause", defaultValue = "[]", maxLength = 500)
          List<Wanted.Pause> pauses,
      @Field(
              title = "Summary",
              help = "For those who approve.",
              maxLength = 1000,
              defaultValue = "-")
          String summary) {}

  record Output(
      @Field(title = "Budgets set", min = 0) int budgets,
      @Field(title = "Segments altered", min = 0) int segments,
      @Field(title = "Variants altered", min = 0) int variants,
      @Field(title = "Refused", min = 0) int refused,
      @Field(title = "Why they were refused", help = "The first 20.") List<String> refusals) {}

  @Override
  public ChangeSet plan(Input input, StepContext context) throws Exception {
    AccountState state = new Platform(input.account(), context.http()).read();
    return new ChangeSet(
        "Tune the campaigns",
        input.summary().equals("-") ? "" : input.summary(),
        new CampaignPlan(state, context.now()).of(input));
  }

  @Override
  public List<ChangeProblem> check(List<Change> changes, StepContext context) {
    return CampaignCheck.of(changes);
  }

  @Override
  public List<ChangeProblem> outdated(List<Change> changes, StepContext context) throws Exception {
    return BudgetsTogether.outdated(changes, platform(context));
  }

  @Override
  public ChangeOutcome apply(Change change, String key, StepContext context) throws Exception {
    Optional<Setting> setting = Setting.of(change);
    return setting.isEmpty()
        ? new ChangeOutcome.Refused("The change lacks the value to set or the one before.")
        : platform(context).set(setting.get(), key);
  }

  @Override
  public PastOutcome outcome(Change change, String key, StepContext context) throws Exception {
    return platform(context).past(key);
  }

  private static Platform platform(StepContext context) {
    return new Platform(context.connection(AdAccount.class), context.http());
  }

  /** What was before becomes what is after; whoever altered it since is not overruled. */
  @Override
  public Undo inverse(Change change, ChangeOutcome.Applied applied) {
    String field = Setting.field(change.target().kind());
    Object before = change.before().get(field);
    Object after = change.after().get(field);
    if (before == null || after == null) {
      return new Undo.None("The change does not say what was before.");
    }
    return new Undo.By(
        Change.of(change.target(), "Set back " + change.target().label())
            .reason("Takes back: " + change.title())
            .before(field, after)
            .after(field, before)
            .expected(field, after)
            .undo("Changes it once more.")
            .build());
  }

  @Override
  public Output result(List<ChangeResult> outcomes) {
    List<String> refusals =
        outcomes.stream()
            .flatMap(
                result ->
                    result.outcome() instanceof ChangeOutcome.Refused refused
                        ? Stream.of(result.change().title() + ": " + refused.reason())
                        : Stream.empty())
            .toList();
    return new Output(
        applied(outcomes, Setting.BUDGET),
        applied(outcomes, Setting.SEGMENT),
        applied(outcomes, Setting.VARIANT),
        refusals.size(),
        refusals.stream().limit(MOST_REFUSALS).toList());
  }

  private static int applied(List<ChangeResult> outcomes, String kind) {
    return (int)
        outcomes.stream()
            .filter(result -> result.outcome() instanceof ChangeOutcome.Applied)
            .filter(result -> result.change().target().kind().equals(kind))
            .count();
  }
}
