package dev.segue.runtime;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What everyone but the plugin needs to know of a connection type: plain data, immutable.
 *
 * @param plugin the plugin's id
 * @param name the type's name within the plugin
 * @param title for people
 * @param description plain text; may be empty
 * @param icon an SVG document under 1 kB; empty for the default icon
 * @param requestsPerSecond for all runs and servers together; 0 for no limit
 * @param schema JSON Schema 2020-12 of the settings, secrets included; a copy with each call
 * @param secretFields the settings to be sealed
 */
public record ConnectionDescriptor(
    String plugin,
    String name,
    String title,
    String description,
    String icon,
    double requestsPerSecond,
    ObjectNode schema,
    List<String> secretFields) {

  /** Copies what is mutable. */
  public ConnectionDescriptor {
    schema = schema.deepCopy();
    secretFields = List.copyOf(secretFields);
  }

  @Override
  public ObjectNode schema() {
    return schema.deepCopy();
  }

  /**
   * Names the type among all plugins.
   *
   * @return {@code plugin:name}
   */
  public String type() {
    return plugin + ":" + name;
  }
}
