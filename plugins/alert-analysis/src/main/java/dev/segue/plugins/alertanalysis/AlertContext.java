package dev.segue.plugins.alertanalysis;

import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What is known about an alert's metric and what happened around it. */
record AlertContext(
    @Field(title = "Has data", help = "False if the metric has no points in that time.")
        boolean hasData,
    @Field(title = "Metric") String metric,
    @Field(title = "Title") String title,
    @Field(title = "Unit") String unit,
    @Field(title = "Of what", help = "The alert's labels in words.") String scope,
    @Field(title = "Time zone") String zone,
    @Field(title = "Seconds between points", min = 0) int stepSeconds,
    @Field(title = "Out of order since") Instant from,
    @Field(title = "Until", help = "Where the last known hour or day ends.") Instant to,
    @Field(title = "Mean since then") Optional<BigDecimal> value,
    @Field(title = "What the season lets expect") Optional<BigDecimal> expected,
    @Field(title = "Told apart by", help = "WEEK, DAY or NONE.") String season,
    @Field(title = "Points", help = "The newest 200.") List<Point> points,
    @Field(title = "Related metrics") List<Related> related,
    @Field(title = "Changes that Segue applied", help = "The newest first.") List<Applied> changes,
    @Field(title = "Summary") String text) {

  /** A point of the metric with what was to be expected. */
  record Point(
      @Field(title = "At") Instant at,
      @Field(title = "Value") BigDecimal value,
      @Field(title = "Expected") BigDecimal expected,
      @Field(title = "Low") BigDecimal low,
      @Field(title = "High") BigDecimal high) {}

  /** Another metric of the same labels. */
  record Related(
      @Field(title = "Metric") String metric,
      @Field(title = "Title") String title,
      @Field(title = "Unit") String unit,
      @Field(title = "Correlation", help = "Over the whole time, -1 to 1.") BigDecimal correlation,
      @Field(title = "Mean since the alert") BigDecimal value,
      @Field(title = "Expected") BigDecimal expected,
      @Field(title = "Out of order as well") boolean moved) {}

  /** A change that Segue itself has made. */
  record Applied(
      @Field(title = "Change set") UUID changeSet,
      @Field(title = "Step type") String stepType,
      @Field(title = "Title") String title,
      @Field(title = "Kind") String kind,
      @Field(title = "Target") String target,
      @Field(title = "At") Instant at,
      @Field(title = "Taken back since") boolean takenBack,
      @Field(
              title = "Coincides",
              help =
                  "Shortly before the metric got out of order, or in the first hour or day in which"
                      + " it was.")
          boolean coincides) {}
}
