package dev.segue.runtime.invoke;

import dev.segue.runtime.call.SecretMask;
import dev.segue.sdk.ConnectionType;
import java.time.Instant;
import java.util.List;

/**
 * What the invoker knows of an attempt when its context is made.
 *
 * @param deadline when the thread will be interrupted
 * @param simulated whether nothing outside may be altered
 * @param readOnly whether {@code data()} must refuse to write: in simulated runs, for steps that at
 *     most read, and for planning, checking and asking
 * @param connections the connections of the input, with which {@code http()} is limited
 * @param mask hides the secrets of these connections from logs
 */
public record Attempt(
    Instant deadline,
    boolean simulated,
    boolean readOnly,
    List<AttemptConnection> connections,
    SecretMask mask) {

  /** Copies the list. */
  public Attempt {
    connections = List.copyOf(connections);
  }

  /**
   * Finds an account, as {@code StepContext.connection} has to.
   *
   * @param type the connection type
   * @param <C> the connection type
   * @return the account
   * @throws IllegalArgumentException if the attempt has none of this type, or more than one
   */
  public <C extends ConnectionType> C connection(Class<C> type) {
    List<C> found =
        connections.stream()
            .map(AttemptConnection::account)
            .filter(type::isInstance)
            .map(type::cast)
            .distinct()
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "the step's input holds "
              + (found.isEmpty() ? "no connection" : found.size() + " connections")
              + " of the type "
              + type.getSimpleName());
    }
    return found.getFirst();
  }
}
