package dev.segue.runtime;

import dev.segue.sdk.Effect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What everyone but the plugin needs to know of a step: plain data, immutable.
 *
 * @param type the step type, which is the engine's job type
 * @param kind which method it stands for
 * @param title for people
 * @param description plain text; may be empty
 * @param category the group in the palette; empty for the plugin's name
 * @param icon an SVG document under 1 kB; empty for the default icon
 * @param policy how to treat it
 * @param inputSchema JSON Schema 2020-12; a copy with each call
 * @param outputSchema JSON Schema 2020-12; a copy with each call
 * @param connections the connection types {@code plugin:type} by the input field that names one
 * @param examples sample inputs; copies with each call
 */
public record StepDescriptor(
    StepType type,
    StepKind kind,
    String title,
    String description,
    String category,
    String icon,
    StepPolicy policy,
    ObjectNode inputSchema,
    ObjectNode outputSchema,
    Map<String, String> connections,
    List<ObjectNode> examples) {

  /** Copies what is mutable. */
  public StepDescriptor {
    inputSchema = inputSchema.deepCopy();
    outputSchema = outputSchema.deepCopy();
    connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
    examples = copy(examples);
  }

  @Override
  public ObjectNode inputSchema() {
    return inputSchema.deepCopy();
  }

  @Override
  public ObjectNode outputSchema() {
    return outputSchema.deepCopy();
  }

  @Override
  public List<ObjectNode> examples() {
    return copy(examples);
  }

  /**
   * Lists the input's fields, which are the only variables that the step gets to see.
   *
   * @return the names, in order
   */
  public List<String> inputFields() {
    return List.copyOf(inputSchema.path("properties").propertyNames());
  }

  /**
   * Tells the effect.
   *
   * @return as in the policy
   */
  public Effect effect() {
    return policy.effect();
  }

  private static List<ObjectNode> copy(List<ObjectNode> nodes) {
    List<ObjectNode> copies = new ArrayList<>(nodes.size());
    nodes.forEach(node -> copies.add(node.deepCopy()));
    return List.copyOf(copies);
  }
}
