package dev.segue.bpmn.engine.broker;

import dev.segue.bpmn.engine.Secret;
import java.nio.file.Path;
import java.util.Map;

/**
 * An exporter that the broker loads.
 *
 * @param id its name among the broker's exporters, such as {@code history}
 * @param className the exporter's class
 * @param jar the jar with that class and all that it needs
 * @param arguments its arguments, which stand in the broker's configuration file
 * @param secrets further arguments, which reach the broker without being written anywhere
 */
public record BrokerExporter(
    String id,
    String className,
    Path jar,
    Map<String, String> arguments,
    Map<String, Secret> secrets) {

  public BrokerExporter {
    if (!id.matches("[a-z][a-z0-9]*")) {
      throw new IllegalArgumentException("an exporter's id must be lower-case letters: " + id);
    }
    arguments = Map.copyOf(arguments);
    secrets = Map.copyOf(secrets);
  }
}
