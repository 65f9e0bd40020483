package dev.segue.runtime.schema;

import dev.segue.sdk.ConnectionType;

/** Turns the name of a connection, as a diagram holds it, into the account. */
@FunctionalInterface
public interface ConnectionResolver {

  /**
   * Finds a connection.
   *
   * @param name as the input holds it
   * @param type the type that the step's input asks for
   * @return an instance of {@code type}, secrets included
   * @throws UnresolvedConnectionException if there is none of that name and type, or if this run
   *     may not use it
   */
  ConnectionType resolve(String name, Class<? extends ConnectionType> type);

  /**
   * Knows no connection.
   *
   * @return a resolver that always refuses
   */
  static ConnectionResolver none() {
    return (name, type) -> {
      throw new UnresolvedConnectionException("there is no connection of the name '" + name + "'");
    };
  }
}
