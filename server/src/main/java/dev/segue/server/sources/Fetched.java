package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.server.data.metrics.PointIntake;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of fetching a period.
 *
 * @param reasons the first of what was refused
 * @param error why it ended before all was there; null if it went well
 */
record Fetched(
    long points,
    long refused,
    List<PointIntake.LineError> reasons,
    @Nullable String error,
    Duration took) {

  private static final int REASONS_SHOWN = 10;

  static final Fetched NOTHING = new Fetched(0, 0, List.of(), null, Duration.ZERO);

  /** Together with what became of the part that follows. */
  Fetched and(PointIntake.Taken taken, @Nullable String error, Duration took) {
    return new Fetched(
        points + taken.accepted(),
        refused + taken.refused(),
        Stream.concat(reasons.stream(), taken.errors().stream()).limit(REASONS_SHOWN).toList(),
        error,
        took);
  }

  /** As the API shows it. */
  ObjectNode shown(Instant at, Period period) {
    ObjectNode last = Json.object();
    last.put("at", at.toString());
    last.put("from", period.from().toString());
    last.put("to", period.to().toString());
    last.put("took", took.truncatedTo(ChronoUnit.MILLIS).toString());
    last.put("points", points);
    last.put("refused", refused);
    ArrayNode shown = last.putArray("reasons");
    reasons.forEach(
        reason -> shown.addObject().put("row", reason.line()).put("reason", reason.reason()));
    if (error != null) {
      last.put("error", error);
    }
    return last;
  }
}
