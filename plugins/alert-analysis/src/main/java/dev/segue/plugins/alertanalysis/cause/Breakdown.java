package dev.segue.plugins.alertanalysis.cause;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cells of two spans, to be divided by any of their labels. Immutable.
 *
 * @param measure how the figure is made
 * @param before the cells before; where several spans were taken, their mean
 * @param after the cells after
 */
public record Breakdown(Measure measure, List<Cell> before, List<Cell> after) {

  /** Copies the lists. */
  public Breakdown {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** Makes one whose before is the mean of several spans. */
  public static Breakdown beside(Measure measure, List<List<Cell>> spans, List<Cell> after) {
    List<Cell> mean = new ArrayList<>();
    for (List<Cell> span : spans) {
      span.forEach(
          cell -> mean.add(new Cell(cell.labels(), cell.amounts().times(1.0 / spans.size()))));
    }
    return new Breakdown(measure, mean, after);
  }

  Contributions whole() {
    return new Contributions(measure, sum(before), sum(after));
  }

  /** The figure before; NaN if there is none. */
  public double valueBefore() {
    return sum(before).value(measure);
  }

  /** The figure after; NaN if there is none. */
  public double valueAfter() {
    return sum(after).value(measure);
  }

  /** Everything in the span before. */
  public Amounts totalBefore() {
    return sum(before);
  }

  /** Everything in the span after. */
  public Amounts totalAfter() {
    return sum(after);
  }

  private static Amounts sum(List<Cell> cells) {
    return cells.stream().map(Cell::amounts).reduce(Amounts.NONE, Amounts::plus);
  }

  /** The labels that divide the cells into more than one segment. */
  Set<String> dimensions() {
    Map<String, Set<String>> values = new TreeMap<>();
    for (List<Cell> span : List.of(before, after)) {
      for (Cell cell : span) {
        cell.labels()
            .forEach(
                (name, value) -> values.computeIfAbsent(name, any -> new TreeSet<>()).add(value));
      }
    }
    values.values().removeIf(found -> found.size() < 2);
    return values.keySet();
  }

  /** The dimensions, first the one whose parts differ most from those of all moving alike. */
  public List<String> dimensionsByUnevenness() {
    return dimensions().stream()
        .sorted(Comparator.comparingDouble((String dimension) -> -unevenness(dimension)))
        .toList();
  }

  private double unevenness(String dimension) {
    return parts(dimension).stream()
        .mapToDouble(part -> part.share() - part.shareIfAlike())
        .max()
        .orElse(0);
  }

  /** The parts of all segments of a dimension. */
  public List<Part> parts(String dimension) {
    Contributions whole = whole();
    Map<String, Amounts[]> segments = new TreeMap<>();
    gather(segments, before, dimension, 0);
    gather(segments, after, dimension, 1);
    List<Part> parts = new ArrayList<>();
    segments.forEach((name, both) -> parts.add(Part.of(name, both[0], both[1], whole)));
    return parts;
  }

  private static void gather(
      Map<String, Amounts[]> segments, List<Cell> cells, String dimension, int side) {
    for (Cell cell : cells) {
      Amounts[] both =
          segments.computeIfAbsent(
              cell.label(dimension), any -> new Amounts[] {Amounts.NONE, Amounts.NONE});
      both[side] = both[side].plus(cell.amounts());
    }
  }

  /** The cells of some segments alone, to be divided further. */
  Breakdown only(String dimension, List<String> segments) {
    return new Breakdown(
        measure,
        before.stream().filter(cell -> segments.contains(cell.label(dimension))).toList(),
        after.stream().filter(cell -> segments.contains(cell.label(dimension))).toList());
  }
}
