package dev.segue.server.data.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Writes points in batches as they come, and keeps the reasons of what was refused. Used by one
 * thread, once.
 */
public final class PointIntake {

  private static final int BATCH = 5000;
  private static final int TOLD = 100;

  private record Numbered(int number, Sample sample) {}

  private final MetricStore store;
  private final MetricLimits limits;
  private final List<Numbered> batch = new ArrayList<>(BATCH);
  private final List<LineError> errors = new ArrayList<>();
  private final SortedSet<String> metrics = new TreeSet<>();
  private long accepted;
  private long refused;

  PointIntake(MetricStore store, MetricLimits limits) {
    this.store = store;
    this.limits = limits;
  }

  /**
   * What became of all.
   *
   * @param errors the first of what was refused
   */
  public record Taken(long accepted, long refused, List<LineError> errors) {}

  /** Why a line, or a row, was refused; the first is 1. */
  public record LineError(int line, String reason) {}

  /** Takes a point that was checked before. */
  public void take(int number, Sample sample) {
    batch.add(new Numbered(number, sample));
    if (batch.size() == BATCH) {
      write();
    }
  }

  /** Keeps something apart. */
  public void refuse(int number, String reason) {
    refused++;
    if (errors.size() < TOLD) {
      errors.add(new LineError(number, reason));
    }
  }

  /** Points that were written so far. */
  public long accepted() {
    return accepted;
  }

  /** The metrics that were written so far. */
  public SortedSet<String> metrics() {
    return new TreeSet<>(metrics);
  }

  /** Writes the rest. */
  public Taken done() {
    write();
    return new Taken(accepted, refused, List.copyOf(errors));
  }

  private void write() {
    if (batch.isEmpty()) {
      return;
    }
    Set<SeriesKey> tooMany = store.write(batch.stream().map(Numbered::sample).toList());
    for (Numbered one : batch) {
      SeriesKey series = one.sample().series();
      if (tooMany.contains(series)) {
        refuse(
            one.number(),
            "The metric %s has %d series already, which is the most. Has a label too many values?"
                .formatted(series.metric(), limits.series()));
      } else {
        accepted++;
        metrics.add(series.metric());
      }
    }
    batch.clear();
  }
}
