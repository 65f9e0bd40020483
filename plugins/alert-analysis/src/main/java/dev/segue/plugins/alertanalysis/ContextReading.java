package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.AlertContext.Applied;
import dev.segue.plugins.alertanalysis.AlertContext.Point;
import dev.segue.plugins.alertanalysis.AlertContext.Related;
import dev.segue.plugins.alertanalysis.CollectContext.Gathering;
import dev.segue.plugins.alertanalysis.season.Expectation.Band;
import dev.segue.plugins.alertanalysis.season.Grain;
import dev.segue.plugins.alertanalysis.season.Move;
import dev.segue.plugins.alertanalysis.store.AppliedChanges;
import dev.segue.plugins.alertanalysis.store.AppliedChanges.AppliedChange;
import dev.segue.plugins.alertanalysis.store.Metrics;
import dev.segue.plugins.alertanalysis.store.Metrics.Series;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One reading of what happened about an alert. */
final class ContextReading {

  private static final int MOST_POINTS = 200;
  private static final int MOST_METRICS = 40;
  private static final int MOST_RELATED = 8;

  private final CollectContext.Input input;
  private final Alert alert;
  private final Metrics metrics;
  private final AppliedChanges applied;
  private final @Nullable String siteId;
  private final Instant now;
  private final Instant begin;
  private final ZoneId zone;

  ContextReading(
      CollectContext.Input input,
      DataSource database,
      @Nullable String siteId,
      Instant now,
      ZoneId zone) {
    this.input = input;
    this.alert = input.alert();
    this.metrics = new Metrics(database);
    this.applied = new AppliedChanges(database);
    this.siteId = siteId;
    this.now = now;
    this.begin = now.minus(Duration.ofDays(input.historyDays()));
    this.zone = zone;
  }

  AlertContext read() throws SQLException {
    List<Series> series = metrics.series(alert.metric(), alert.scope());
    boolean adds = input.gathering() == Gathering.SUM;
    SortedMap<Instant, Double> raw = metrics.values(series, begin, now, adds);
    Grain grain = Grain.of(raw, zone);
    SortedMap<Instant, Double> values = grain.gather(raw, adds, now);
    Move move = Move.of(values, grain, alert.since(now), Optional.empty());
    List<Applied> changes = changes(move.from(), grain.end(move.from()));
    String title =
        Words.metric(Objects.requireNonNullElse(Metrics.title(series), ""), alert.metric());
    String unit = Metrics.unit(series);
    if (values.isEmpty()) {
      return nothing(title, unit, move.from(), changes);
    }
    List<Related> related = related(values, grain, move);
    return new AlertContext(
        true,
        alert.metric(),
        title,
        unit,
        Words.labels(alert.scope()),
        zone.getId(),
        Math.toIntExact(grain.step().toSeconds()),
        move.from(),
        until(grain.end(values.lastKey()), move.from()),
        figure(move.actual()),
        figure(move.expected()),
        move.expectation().season().name(),
        points(values, move),
        related,
        changes,
        text(title, unit, grain, move, related, changes));
  }

  /** What comes after the last part isn't known yet, and would be missed in a comparison. */
  private Instant until(Instant lastEnds, Instant from) {
    return lastEnds.isAfter(from) && lastEnds.isBefore(now) ? lastEnds : now;
  }

  private AlertContext nothing(String title, String unit, Instant from, List<Applied> changes) {
    return new AlertContext(
        false,
        alert.metric(),
        title,
        unit,
        Words.labels(alert.scope()),
        zone.getId(),
        0,
        from,
        now,
        Optional.empty(),
        Optional.empty(),
        "NONE",
        List.of(),
        List.of(),
        changes,
        title
            + " has no points in the last "
            + input.historyDays()
            + " days"
            + (alert.scope().isEmpty() ? "" : " for " + Words.labels(alert.scope()))
            + ". Check what pushes them.");
  }

  private static Optional<BigDecimal> figure(double value) {
    return Double.isFinite(value) ? Optional.of(Words.figure(value)) : Optional.empty();
  }

  private static List<Point> points(SortedMap<Instant, Double> values, Move move) {
    List<Point> points = new ArrayList<>();
    values.forEach(
        (at, value) -> {
          Band band = move.expectation().at(at);
          if (Double.isFinite(band.expected())) {
            points.add(
                new Point(
                    at,
                    Words.figure(value),
                    Words.figure(band.expected()),
                    Words.figure(band.low()),
                    Words.figure(band.high())));
          } else {
            points.add(
                new Point(
                    at,
                    Words.figure(value),
                    Words.figure(value),
                    Words.figure(value),
                    Words.figure(value)));
          }
        });
    return points.subList(Math.max(0, points.size() - MOST_POINTS), points.size());
  }

  private List<Related> related(SortedMap<Instant, Double> values, Grain grain, Move move)
      throws SQLException {
    if (alert.scope().isEmpty()) {
      return List.of();
    }
    Map<String, List<Series>> others =
        metrics.others(alert.metric(), alert.scope()).stream()
            .collect(Collectors.groupingBy(Series::metric, TreeMap::new, Collectors.toList()));
    List<Related> found = new ArrayList<>();
    for (List<Series> other : others.values().stream().limit(MOST_METRICS).toList()) {
      SortedMap<Instant, Double> theirs =
          grain.gather(metrics.values(other, begin, now, false), false, now);
      double correlation = Correlation.of(values, theirs);
      Move moved = Move.of(theirs, grain, move.from(), Optional.of(move.from()));
      if (Double.isFinite(correlation) && Double.isFinite(moved.expected())) {
        found.add(
            new Related(
                other.getFirst().metric(),
                Words.metric(
                    Objects.requireNonNullElse(Metrics.title(other), ""),
                    other.getFirst().metric()),
                Metrics.unit(other),
                Words.figure(correlation),
                Words.figure(moved.actual()),
                Words.figure(moved.expected()),
                !moved.expectation().at(move.from()).holds(moved.actual())));
      }
    }
    found.sort(
        Comparator.comparing((Related one) -> !one.moved())
            .thenComparing(one -> one.correlation().abs(), Comparator.reverseOrder()));
    return found.stream().limit(MOST_RELATED).toList();
  }

  /**
   * A change within the first part out of order may have caused it: its time isn't known closer.
   */
  private List<Applied> changes(Instant from, Instant firstEnds) throws SQLException {
    Instant coinciding = from.minus(Duration.ofHours(input.coincideHours()));
    return applied.between(siteId, from.minus(Duration.ofDays(input.changeDays())), now).stream()
        .map(change -> applied(change, coinciding, firstEnds))
        .toList();
  }

  private static Applied applied(AppliedChange change, Instant coinciding, Instant firstEnds) {
    return new Applied(
        change.set(),
        change.stepType(),
        change.title(),
        change.kind(),
        change.target(),
        change.at(),
        change.takenBack(),
        !change.takenBack()
            && !change.at().isBefore(coinciding)
            && change.at().isBefore(firstEnds));
  }

  private String text(
      String title,
      String unit,
      Grain grain,
      Move move,
      List<Related> related,
      List<Applied> changes) {
    StringBuilder text = new StringBuilder(title);
    if (!alert.scope().isEmpty()) {
      text.append(" (").append(Words.labels(alert.scope())).append(')');
    }
    if (!Double.isFinite(move.actual())) {
      return text.append(" has no points since ")
          .append(Words.time(move.from(), zone))
          .append('.')
          .toString();
    }
    text.append(" has been ")
        .append(Words.amount(move.actual(), unit))
        .append(" on average since ");
    text.append(Words.time(move.from(), zone)).append(" (by the ").append(grain.words());
    text.append("). ");
    if (Double.isFinite(move.expected())) {
      text.append(
              switch (move.expectation().season()) {
                case WEEK -> "At this time of the week ";
                case DAY -> "At this time of the day ";
                case NONE -> "As long as it has been known ";
              })
          .append(Words.amount(move.expected(), unit))
          .append(" is usual (")
          .append(Words.change(move.expected(), move.actual()))
          .append(").");
    }
    List<String> moved =
        related.stream()
            .filter(Related::moved)
            .map(
                one ->
                    one.title()
                        + " ("
                        + Words.change(one.expected().doubleValue(), one.value().doubleValue())
                        + ")")
            .toList();
    if (!moved.isEmpty()) {
      text.append(" Also out of order: ").append(Words.list(moved)).append('.');
    }
    long coinciding = changes.stream().filter(Applied::coincides).count();
    if (coinciding > 0) {
      text.append(" About then, Segue applied ")
          .append(coinciding == 1 ? "a change: " : coinciding + " changes, the last: ")
          .append(changes.stream().filter(Applied::coincides).findFirst().orElseThrow().title())
          .append('.');
    }
    return text.toString();
  }
}
