package dev.segue.server.connections;

import dev.segue.runtime.ConnectionDescriptor;
import java.util.List;
import java.util.Optional;

/** Which types of connection the loaded plugins offer. Thread-safe. */
public interface ConnectionTypes {

  /**
   * Finds a type.
   *
   * @param type its name among all plugins, {@code plugin:type}
   */
  Optional<ConnectionDescriptor> connectionType(String type);

  /** Lists the types, ordered by name. */
  List<ConnectionDescriptor> connectionTypes();
}
