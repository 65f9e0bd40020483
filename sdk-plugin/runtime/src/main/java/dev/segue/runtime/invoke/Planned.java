package dev.segue.runtime.invoke;

import dev.segue.sdk.ChangeSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What planning gave.
 *
 * @param changes the set
 * @param connections the names of the connections that the input held, by field; apply gets the
 *     same ones, and they are part of the hash
 * @param hash the content hash
 */
public record Planned(ChangeSet changes, Map<String, String> connections, String hash) {

  /** Copies the map. */
  public Planned {
    connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
  }
}
