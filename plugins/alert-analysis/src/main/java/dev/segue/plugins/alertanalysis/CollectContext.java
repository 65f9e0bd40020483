package dev.segue.plugins.alertanalysis;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Site;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Reads what happened about an alert: history, season, related metrics, changes of Segue's own. */
@StepInfo(
    name = "collect-context",
    title = "Collect an alert's context",
    description =
        "Reads the history of the alert's metric, what its season lets expect, other metrics with"
            + " the same labels, and changes that Segue itself applied shortly before.",
    effect = Effect.READ,
    icon = "context.svg",
    category = "Alerts")
final class CollectContext implements Step<CollectContext.Input, AlertContext> {

  /** What makes one value of the points of an hour or a day. */
  enum Gathering {
    MEAN,
    SUM
  }

  record Input(
      @Field(title = "Alert", help = "As its monitor hands it over.") Alert alert,
      @Field(title = "Days of history", min = 1, max = 365, defaultValue = "35") int historyDays,
      @Field(
              title = "Points are gathered by",
              help = "Their sum for counts and amounts, their mean for rates and levels.",
              defaultValue = "MEAN")
          Gathering gathering,
      @Field(title = "Days of changes", min = 0, max = 90, defaultValue = "7") int changeDays,
      @Field(
              title = "A change coincides within (hours)",
              help =
                  "So long before the metric got out of order, or in the first hour or day in which"
                      + " it was.",
              min = 1,
              max = 720,
              defaultValue = "48")
          int coincideHours) {}

  @Override
  public AlertContext run(Input input, StepContext context) throws Exception {
    Instant now = context.now();
    ZoneId zone = context.site().map(Site::zone).orElse(ZoneOffset.UTC);
    return new ContextReading(
            input,
            context.data().dataSource(),
            context.site().map(Site::id).orElse(null),
            now,
            zone)
        .read();
  }

  @Override
  public List<Input> examples() {
    return List.of();
  }
}
