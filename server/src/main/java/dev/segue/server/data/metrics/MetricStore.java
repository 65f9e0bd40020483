package dev.segue.server.data.metrics;

import dev.segue.server.http.Operation;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics as a whole. Thread-safe. */
public final class MetricStore {

  /** Told to whoever listens when points were written. */
  public static final String CHANNEL = "segue_metrics";

  private static final Logger LOG = LoggerFactory.getLogger(MetricStore.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Database database;
  private final MetricLimits limits;
  private final InstantSource clock;
  private final SeriesRows series;
  private final PointRows points = new PointRows();

  /** Works on that database. */
  public MetricStore(Database database, MetricLimits limits, InstantSource clock) {
    this.database = database;
    this.limits = limits;
    this.clock = clock;
    this.series = new SeriesRows(limits);
  }

  /**
   * Writes points, all or none. The same point twice is one; of two values for the same series and
   * time the later counts.
   *
   * @param samples checked before
   * @return the series that were refused because their metric has too many
   */
  public Set<SeriesKey> write(Collection<Sample> samples) {
    Set<SeriesKey> wanted =
        samples.stream().map(Sample::series).collect(Collectors.toUnmodifiableSet());
    Map<SeriesKey, Long> ids = series.resolve(database.jooq(), wanted);
    database.inTransaction(
        tx -> {
          points.write(tx, samples, ids);
          tx.execute("select pg_notify(?, '')", CHANNEL);
        });
    return wanted.stream()
        .filter(key -> !ids.containsKey(key))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Takes points that come one by one. */
  public PointIntake intake() {
    return new PointIntake(this, limits);
  }

  /** What makes sense as a point now. */
  public PointRules rules() {
    return new PointRules(limits, clock.instant());
  }

  /**
   * Says for people what a metric is. The metric is known from then on.
   *
   * @param overwrite whether what was said before is replaced; what is empty here never replaces
   */
  public void describe(DSLContext tx, MetricText text, boolean overwrite) {
    tx.execute(
        """
        insert into data.metric as m (metric, title, unit, description) values (?, ?, ?, ?)
        on conflict (metric) do update set
          title = case when excluded.title <> '' and (? or m.title = '')
            then excluded.title else m.title end,
          unit = case when excluded.unit <> '' and (? or m.unit = '')
            then excluded.unit else m.unit end,
          description = case when excluded.description <> '' and (? or m.description = '')
            then excluded.description else m.description end\
        """,
        text.metric(),
        text.title(),
        text.unit(),
        text.description(),
        overwrite,
        overwrite,
        overwrite);
  }

  /**
   * Rolls up what is too old to be kept as it came, and deletes what is too old to be kept. The
   * oldest goes first, an hour's or a day's worth at once, so that what is done stays done however
   * much there is.
   */
  public void expire() {
    Instant now = clock.instant();
    Instant raw = now.minus(limits.raw());
    Instant hourly = now.minus(limits.hourly());
    Instant daily = now.minus(limits.daily());
    expire(points::oldestPoint, ChronoUnit.HOURS, raw, points::rollUpPoints);
    expire(points::oldestHour, ChronoUnit.DAYS, hourly, points::rollUpHours);
    int deleted = database.transaction(PATIENCE, tx -> points.deleteDays(tx, daily));
    LOG.debug("{} hours and days deleted", deleted);
  }

  private void expire(
      BiFunction<DSLContext, Instant, Optional<Instant>> oldest,
      ChronoUnit unit,
      Instant before,
      ToIntBiFunction<DSLContext, Instant> rollUp) {
    Optional<Instant> next = oldest.apply(database.jooq(), before);
    while (next.isPresent() && next.get().isBefore(before)) {
      Instant end = next.get().truncatedTo(unit).plus(1, unit);
      Instant until = end.isBefore(before) ? end : before;
      int made = database.transaction(PATIENCE, tx -> rollUp.applyAsInt(tx, until));
      LOG.debug("rolled up until {}, into {} rows", until, made);
      next = made == 0 ? oldest.apply(database.jooq(), before) : Optional.of(until);
    }
  }

  /** The HTTP operations. */
  public List<Operation> operations() {
    return new MetricOperations(database, this, clock).operations();
  }
}
