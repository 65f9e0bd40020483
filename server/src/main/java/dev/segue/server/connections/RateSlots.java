package dev.segue.server.connections;

import java.time.Duration;

/** The line of evenly spaced slots in which a connection may send requests, over all servers. */
@FunctionalInterface
interface RateSlots {

  /** How far a slot may lie in the past when it is reserved: what an idle connection has saved. */
  Duration SAVED = Duration.ofMillis(500);

  /**
   * Reserves the next slots. They are never given back; those of a server that dies go by.
   *
   * @param perSecond how many slots there are in a second
   * @param slots how many, at least 1
   * @return when the first of them is, seen from now; negative for one in the past
   */
  Duration reserve(String connection, double perSecond, int slots);
}
