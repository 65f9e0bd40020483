package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;
import dev.segue.server.data.metrics.MetricStore;
import dev.segue.server.data.metrics.MetricText;
import dev.segue.server.data.metrics.PointIntake;
import dev.segue.server.data.metrics.PointRules;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Reads the points of a period and writes them. Thread-safe. */
final class Fetcher {

  private final Database database;
  private final MetricStore store;
  private final PointReaders readers;

  Fetcher(Database database, MetricStore store, PointReaders readers) {
    this.database = database;
    this.store = store;
    this.readers = readers;
  }

  /**
   * Fetches a period. Where it has more points than are taken at once it is cut, and the older part
   * comes first.
   *
   * @param reached told after each part until when all is there; false ends it
   */
  Fetched fetch(Definition definition, Period period, Predicate<Instant> reached) {
    long start = System.nanoTime();
    Deque<Period> left = new ArrayDeque<>(List.of(period));
    Fetched sum = Fetched.NOTHING;
    while (sum.error() == null && !left.isEmpty()) {
      Period next = left.pop();
      Part part = part(definition, next);
      Optional<Instant> cut = part.more() ? Periods.cut(next) : Optional.empty();
      if (cut.isPresent()) {
        left.push(new Period(cut.get(), next.to()));
        left.push(new Period(next.from(), cut.get()));
        continue;
      }
      String error = part.more() ? tooMany(next) : part.error();
      if (error == null && !reached.test(next.to())) {
        error = "The source was changed or removed meanwhile.";
      }
      sum = sum.and(part.taken(), error, Duration.ofNanos(System.nanoTime() - start));
    }
    return sum;
  }

  private static String tooMany(Period period) {
    return "From %s to %s there are more points than are taken at once. Return fewer by a coarser query, or take more by sql.limit."
        .formatted(period.from(), period.to());
  }

  /**
   * What became of a part.
   *
   * @param more whether it has more points than were taken
   * @param error null if it went well
   */
  private record Part(PointIntake.Taken taken, boolean more, @Nullable String error) {}

  private Part part(Definition definition, Period period) {
    try {
      return read(definition, period, store.intake());
    } catch (DataAccessException e) {
      PointIntake.Taken unknown = new PointIntake.Taken(0, 0, List.of());
      return new Part(unknown, false, "The points can't be written: " + e.getMessage());
    }
  }

  private Part read(Definition definition, Period period, PointIntake intake) {
    boolean more = false;
    String error = null;
    try {
      more = readers.read(definition, period, new Checked(store.rules(), intake));
    } catch (SourceException e) {
      error = e.field() + ": " + e.reason();
    }
    PointIntake.Taken taken = intake.done();
    describe(definition, intake.metrics());
    return new Part(taken, more, error);
  }

  /** What nobody has said of metrics that name themselves. */
  private void describe(Definition definition, Set<String> metrics) {
    if (definition.origin() instanceof Definition.Origin.Sql && !definition.unit().isEmpty()) {
      metrics.forEach(
          metric ->
              store.describe(
                  database.jooq(), new MetricText(metric, "", definition.unit(), ""), false));
    }
  }

  private record Checked(PointRules rules, PointIntake intake) implements PointSink {

    @Override
    public void point(
        int row, String metric, Map<String, String> labels, Instant at, double value) {
      try {
        intake.take(row, rules.sample(metric, labels, at, value));
      } catch (PointRules.RefusedException e) {
        intake.refuse(row, e.reason());
      }
    }

    @Override
    public void refused(int row, String reason) {
      intake.refuse(row, reason);
    }
  }
}
