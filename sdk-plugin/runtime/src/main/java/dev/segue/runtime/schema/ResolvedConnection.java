package dev.segue.runtime.schema;

import dev.segue.sdk.ConnectionType;

/**
 * A connection that an input named.
 *
 * @param field the path of the field that holds it, such as {@code bakery}
 * @param name the connection's name
 * @param account what the resolver found
 */
public record ResolvedConnection(String field, String name, ConnectionType account) {}
