package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.AlertContext.Applied;
import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Suggests what to do about an explained move. */
@StepInfo(
    name = "suggest-remedies",
    title = "Suggest remedies",
    description =
        "Suggests what might help against what explains the move: taking back a change of Segue's"
            + " own that coincides with it, moving or cutting a budget, leaving out a segment,"
            + " pausing a variant, or only watching; each with the range of its expected effect. A"
            + " move for the better is only watched.",
    effect = Effect.NONE,
    icon = "remedy.svg",
    category = "Alerts")
final class SuggestRemedies implements Step<SuggestRemedies.Input, Remedies> {

  record Input(
      @Field(title = "Explanation") Explanation explanation,
      @Field(title = "Labels of the alert", defaultValue = "{}") Map<String, String> scope,
      @Field(title = "Changes that Segue applied", defaultValue = "[]", maxLength = 500)
          List<Applied> changes,
      @Field(
              title = "Campaigns",
              help = "As the platform keeps them now; without them nothing is planned.",
              defaultValue = "[]",
              maxLength = 500)
          List<Running> campaigns,
      @Field(title = "Ad sets", defaultValue = "[]", maxLength = 2000) List<AdSet> adSets,
      @Field(title = "Campaigns to hold", defaultValue = "[]", maxLength = 500) List<String> held,
      @Field(title = "Greatest step of a budget (%)", min = 1, max = 100, defaultValue = "20")
          BigDecimal stepPercent,
      @Field(
              title = "Change step that can be taken back",
              help = "Changes of other steps are told of, not planned to be taken back.",
              maxLength = 100,
              defaultValue = "ads-practice:campaign-changes")
          String undoable,
      @Field(
              title = "Better if",
              help =
                  "Whether the figure is better low or high. Nothing is suggested against a move for"
                      + " the better, nor if this isn't known.")
          Optional<Better> better) {}

  /** A campaign as it runs. */
  record Running(
      @Field(title = "Campaign", minLength = 1, maxLength = 200) String id,
      @Field(title = "Name", maxLength = 200) String name,
      @Field(title = "Daily budget", min = 0) BigDecimal dailyBudget,
      @Field(title = "Runs", defaultValue = "true") boolean active) {}

  /** An ad set and its campaign. */
  record AdSet(
      @Field(title = "Ad set", minLength = 1, maxLength = 200) String id,
      @Field(title = "Name", maxLength = 200) String name,
      @Field(title = "Campaign") String campaignId) {}

  @Override
  public Remedies run(Input input, StepContext context) {
    return new RemedySearch(input).search();
  }
}
