package dev.segue.server.triggers.monitors;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The points of a group's series on their way to it, put into the order of their time. Used by one
 * thread.
 */
final class Inflow {

  /** Takes points. */
  interface Group {
    void point(Instant at, double value);
  }

  private record Point(Instant at, double value, Feed from) {}

  private static final Comparator<Point> ORDER =
      Comparator.comparing(Point::at).thenComparingLong(point -> point.from().series());

  private final Group group;
  private final boolean patient;
  private final PriorityQueue<Point> waiting = new PriorityQueue<>(1, ORDER);

  /**
   * Begins.
   *
   * @param patient whether points wait until those that are a little late are there as well
   */
  Inflow(Group group, boolean patient) {
    this.group = group;
    this.patient = patient;
  }

  void take(Feed from, Instant at, double value) {
    waiting.add(new Point(at, value, from));
  }

  /**
   * Hands points on.
   *
   * @param read up to when every series was read
   * @param settled up to when points are hardly expected any more
   */
  void handOn(Instant read, Instant settled) {
    Instant until = patient && settled.isBefore(read) ? settled : read;
    while (!waiting.isEmpty() && !waiting.peek().at().isAfter(until)) {
      Point point = waiting.poll();
      point.from().handedOn();
      group.point(point.at(), point.value());
    }
  }
}
