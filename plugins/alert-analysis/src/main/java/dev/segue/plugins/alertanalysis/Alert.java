package dev.segue.plugins.alertanalysis;

import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An alert as a monitor hands it to the run that it starts. */
record Alert(
    @Field(title = "Id", minLength = 1, maxLength = 200) String id,
    @Field(title = "Monitor", maxLength = 200, defaultValue = "-") String monitor,
    @Field(title = "Title", maxLength = 300, defaultValue = "-") String title,
    @Field(title = "Severity", maxLength = 20, defaultValue = "warning") String severity,
    @Field(title = "Metric", pattern = "[a-z][a-z0-9_]{0,99}") String metric,
    @Field(title = "Labels", defaultValue = "{}") Map<String, String> labels,
    @Field(title = "Broken at", help = "When it first was out of order; now if empty.")
        Optional<Instant> brokenAt,
    @Field(title = "Opened at") Optional<Instant> openedAt,
    @Field(title = "Peak at") Optional<Instant> peakAt,
    @Field(title = "Value", help = "The worst so far.") Optional<BigDecimal> value,
    @Field(title = "Expected") Optional<BigDecimal> expected,
    @Field(title = "Excess", help = "How far beyond the limit.") Optional<BigDecimal> excess,
    @Field(title = "Direction", help = "Which way is out of order: above, below or either.")
        Optional<String> direction) {

  /** The labels that say something. */
  Map<String, String> scope() {
    return said(labels);
  }

  /** Without empty labels: a group that lacks one of its labels has an empty text there. */
  static Map<String, String> said(Map<String, String> labels) {
    Map<String, String> said = new LinkedHashMap<>(labels);
    said.values().removeIf(String::isEmpty);
    return said;
  }

  /** When it was first out of order, never later than now. */
  Instant since(Instant now) {
    return brokenAt.filter(at -> at.isBefore(now)).orElse(now);
  }
}
