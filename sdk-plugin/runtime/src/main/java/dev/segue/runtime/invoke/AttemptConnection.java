package dev.segue.runtime.invoke;

import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.sdk.ConnectionType;
import java.util.Set;

/**
 * A connection that one attempt may use.
 *
 * @param field the path of the input field that named it; empty when the connection itself is tried
 * @param name the connection's name
 * @param type its type
 * @param account the account with its secrets
 * @param hosts the hosts that it declares
 */
public record AttemptConnection(
    String field,
    String name,
    ConnectionDescriptor type,
    ConnectionType account,
    Set<String> hosts) {

  /** Copies the hosts. */
  public AttemptConnection {
    hosts = Set.copyOf(hosts);
  }
}
