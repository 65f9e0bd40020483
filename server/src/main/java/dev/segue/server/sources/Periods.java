package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which periods are fetched. */
final class Periods {

  /** After a longer time of errors or without a server, what is older is fetched by hand. */
  private static final Duration LONGEST = Duration.ofDays(31);

  /** Where a period may be cut: queries look at whole days and hours, by UTC. */
  private static final List<ChronoUnit> CUTS =
      List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES);

  private Periods() {}

  /** Which points are fetched when it is due: since the last time, and what is read again. */
  static Period due(Definition definition, @Nullable Instant collectedTo, Instant now) {
    Duration lookback = definition.lookback();
    Duration gap = definition.timing().gap(now);
    Instant since =
        collectedTo == null
            ? now.minus(lookback.compareTo(gap) > 0 ? lookback : gap)
            : collectedTo.minus(lookback);
    Duration longest = lookback.compareTo(LONGEST) > 0 ? lookback : LONGEST;
    Instant earliest = now.minus(longest);
    Instant from = since.isBefore(earliest) ? earliest : since;
    return new Period(from.isBefore(now) ? from : now.minusSeconds(1), now);
  }

  /**
   * Where to cut a period that has too many points: near its middle.
   *
   * @return empty if it is too short for that
   */
  static Optional<Instant> cut(Period period) {
    Instant middle = period.from().plus(Duration.between(period.from(), period.to()).dividedBy(2));
    return CUTS.stream().map(middle::truncatedTo).filter(period.from()::isBefore).findFirst();
  }
}
