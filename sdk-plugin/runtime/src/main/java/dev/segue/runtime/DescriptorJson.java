package dev.segue.runtime;

import dev.segue.runtime.schema.Json;
import dev.segue.sdk.MetricSource.MetricInfo;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Descriptors as JSON: in the plugin's zip, in the API, and for comparing two builds. */
public final class DescriptorJson {

  private DescriptorJson() {}

  /**
   * Writes all that a plugin offers.
   *
   * @param plugin the descriptor
   * @return an object with {@code plugin}, {@code steps}, {@code connections} and {@code metrics}
   */
  public static ObjectNode of(PluginDescriptor plugin) {
    ObjectNode json = Json.object().put("plugin", plugin.plugin());
    ArrayNode steps = json.putArray("steps");
    plugin.steps().forEach(step -> steps.add(of(step)));
    ArrayNode connections = json.putArray("connections");
    plugin.connections().forEach(connection -> connections.add(of(connection)));
    ArrayNode metrics = json.putArray("metrics");
    plugin.metrics().forEach(metric -> metrics.add(of(metric)));
    return json;
  }

  /**
   * Writes one step.
   *
   * @param step the descriptor
   * @return an object with the descriptor's names; durations in ISO-8601, enums in upper case
   */
  public static ObjectNode of(StepDescriptor step) {
    ObjectNode json =
        Json.object()
            .put("type", step.type().toString())
            .put("kind", step.kind().name())
            .put("title", step.title())
            .put("description", step.description())
            .put("category", step.category())
            .put("icon", step.icon())
            .put("effect", step.effect().name())
            .put("load", step.policy().load().name())
            .put("inDoubt", step.policy().inDoubt().name())
            .put("timeout", step.policy().timeout().toString());
    if (!step.policy().interruptible()) {
      json.put("interruptible", false);
    }
    ObjectNode connections = json.putObject("connections");
    step.connections().forEach(connections::put);
    json.set("inputSchema", step.inputSchema());
    json.set("outputSchema", step.outputSchema());
    ArrayNode examples = json.putArray("examples");
    step.examples().forEach(examples::add);
    return json;
  }

  /**
   * Writes one connection type.
   *
   * @param connection the descriptor
   * @return an object with the descriptor's names
   */
  public static ObjectNode of(ConnectionDescriptor connection) {
    ObjectNode json =
        Json.object()
            .put("type", connection.type())
            .put("title", connection.title())
            .put("description", connection.description())
            .put("icon", connection.icon())
            .put("requestsPerSecond", connection.requestsPerSecond());
    ArrayNode secrets = json.putArray("secretFields");
    connection.secretFields().forEach(secrets::add);
    json.set("schema", connection.schema());
    return json;
  }

  private static ObjectNode of(MetricInfo metric) {
    ObjectNode json =
        Json.object()
            .put("name", metric.name())
            .put("title", metric.title())
            .put("unit", metric.unit())
            .put("every", metric.every().toString());
    ArrayNode labels = json.putArray("labels");
    metric.labels().forEach(labels::add);
    return json;
  }
}
