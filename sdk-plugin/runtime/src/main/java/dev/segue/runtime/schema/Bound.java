package dev.segue.runtime.schema;

import java.util.List;

/**
 * A record made from JSON.
 *
 * @param value the record
 * @param connections the connections in it, in the order of the fields
 * @param <R> the type of the record
 */
public record Bound<R extends Record>(R value, List<ResolvedConnection> connections) {

  /** Copies the list. */
  public Bound {
    connections = List.copyOf(connections);
  }
}
