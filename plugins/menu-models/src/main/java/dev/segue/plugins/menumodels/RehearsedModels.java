package dev.segue.plugins.menumodels;

import dev.segue.plugins.menumodels.demand.DemandHistory;
import dev.segue.plugins.menumodels.store.RegisteredModel;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Models that simulated trainings learnt, in memory alone: without them a rehearsal of days before
 * the first model would only ever show naive forecasts. Such a model learns from what was known on
 * the Monday before, as it would have been trained in those days, so that which day of a week is
 * rehearsed first makes no difference; and it serves only those simulated runs that see the very
 * sales that it learnt from. Thread-safe.
 */
final class RehearsedModels {

  private static final long MOST_BYTES = 64L << 20;

  private final Deque<Rehearsed> newestFirst = new ArrayDeque<>();
  private long bytes;

  /**
   * A model that was learnt in a simulation.
   *
   * @param learntOn the day on which it might have been trained
   * @param training what was asked of the training
   * @param file the model as it would have been kept
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Rehearsed(
      LocalDate learntOn, TrainDemand.Input training, RegisteredModel model, byte[] file) {

    boolean isOf(String siteId, LocalDate from, LocalDate to) {
      return model.siteId().equals(siteId) && !learntOn.isBefore(from) && !learntOn.isAfter(to);
    }
  }

  /** The day of that week on which models are learnt. */
  static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  /** Keeps a model in the place of one of the same site and day; the oldest go if it gets tight. */
  synchronized void keep(Rehearsed one) {
    List<Rehearsed> replaced =
        newestFirst.stream()
            .filter(old -> old.isOf(one.model().siteId(), one.learntOn(), one.learntOn()))
            .toList();
    replaced.forEach(this::drop);
    newestFirst.addFirst(one);
    bytes += one.file().length;
    while (bytes > MOST_BYTES && newestFirst.size() > 1) {
      drop(newestFirst.getLast());
    }
  }

  private void drop(Rehearsed old) {
    newestFirst.remove(old);
    bytes -= old.file().length;
  }

  /** Finds the newest of the week that learnt from the sales that this run sees. */
  Optional<Rehearsed> find(Place place) throws SQLException {
    for (Rehearsed one : ofTheWeek(place)) {
      RegisteredModel model = one.model();
      Optional<DemandHistory> seen = place.data().history(model.dataFrom(), model.dataTo());
      if (seen.map(DemandHistory::sha256).filter(model.dataSha256()::equals).isPresent()) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }

  private synchronized List<Rehearsed> ofTheWeek(Place place) {
    return newestFirst.stream()
        .filter(one -> one.isOf(place.site().id(), monday(place.today()), place.today()))
        .sorted(Comparator.comparing(Rehearsed::learntOn).reversed())
        .toList();
  }
}
