package dev.segue.server.http;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit the most entries to return, at least 1
 * @param after where the page before ended; null for the first page
 */
public record PageRequest(int limit, @Nullable Cursor after) {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  /** How many rows to fetch so that {@link Page#of} can tell whether there are more. */
  public int fetch() {
    return limit + 1;
  }
}
