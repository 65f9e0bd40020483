package dev.segue.server.triggers.monitors;

import java.time.Instant;

/** A series that a group reads, and how far it was read. Used by one thread. */
final class Feed {

  private final long series;
  private final Inflow into;
  private Instant read;
  private int waiting;
  private boolean more;

  /**
   * Begins.
   *
   * @param read only points after this are read
   */
  Feed(long series, Inflow into, Instant read) {
    this.series = series;
    this.into = into;
    this.read = read;
  }

  long series() {
    return series;
  }

  Inflow into() {
    return into;
  }

  Instant read() {
    return read;
  }

  /** Whether there may be later points than were read. */
  boolean hasMore() {
    return more;
  }

  void hasMore(boolean may) {
    more = may;
  }

  /** How many points were read and not handed on yet. */
  int waiting() {
    return waiting;
  }

  /** A point was read. */
  void take(Instant at, double value) {
    read = at;
    waiting++;
    into.take(this, at, value);
  }

  void handedOn() {
    waiting--;
  }
}
