package dev.segue.server.plugins;

import dev.segue.runtime.ConnectionBinding;
import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the hosts that a plugin's connection types name by themselves. A type tells them for an
 * account, so it is asked with made-up accounts, one for each value of each choice.
 */
final class AskedHosts {

  /** Stands for whatever the fields of an account say. */
  static final String OF_THE_ACCOUNT = "as the account says";

  private static final String MADE_UP = "account.invalid";
  private static final int MOST_ACCOUNTS = 50;
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private AskedHosts() {}

  /** The hosts by connection type; of types without any, nothing. */
  static Map<String, Set<String>> of(PluginDescription plugin, PluginCalls calls) {
    Map<String, Set<String>> hosts = new TreeMap<>();
    for (ConnectionDescriptor type : plugin.descriptor().connections()) {
      SortedSet<String> found = new TreeSet<>();
      ConnectionBinding binding = plugin.connection(type.name()).orElseThrow();
      for (ObjectNode account : accounts(type.schema())) {
        found.addAll(hosts(plugin, binding, account, calls));
      }
      if (!found.isEmpty()) {
        hosts.put(type.type(), found);
      }
    }
    return hosts;
  }

  private static Set<String> hosts(
      PluginDescription plugin, ConnectionBinding binding, ObjectNode account, PluginCalls calls) {
    StepResult<Set<String>> told =
        calls.call(
            plugin.classLoader(),
            "hosts",
            LIMIT,
            () -> {
              Set<String> named = new TreeSet<>();
              for (String host : binding.bind(account).hosts()) {
                named.add(host.contains(MADE_UP) ? OF_THE_ACCOUNT : String.valueOf(host));
              }
              return named;
            });
    return switch (told) {
      case StepResult.Completed<Set<String>> done -> done.value();
      case StepResult.Failed<Set<String>> failed -> Set.of(OF_THE_ACCOUNT);
    };
  }

  private static List<ObjectNode> accounts(ObjectNode schema) {
    ObjectNode usual = JsonNodeFactory.instance.objectNode();
    JsonNode fields = schema.path("properties");
    fields.properties().forEach(field -> usual.set(field.getKey(), value(field.getValue())));
    List<ObjectNode> accounts = new ArrayList<>(List.of(usual));
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      for (JsonNode choice : field.getValue().path("enum")) {
        if (accounts.size() < MOST_ACCOUNTS) {
          accounts.add(usual.deepCopy().set(field.getKey(), choice));
        }
      }
    }
    return accounts;
  }

  private static JsonNode value(JsonNode field) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (field.has("default")) {
      return field.path("default");
    }
    if (!field.path("enum").isEmpty()) {
      return field.path("enum").get(0);
    }
    return switch (field.path("type").asString("string")) {
      case "boolean" -> json.booleanNode(false);
      case "integer", "number" -> json.numberNode(Math.max(1, field.path("minimum").asInt(1)));
      case "array" -> json.arrayNode();
      case "object" -> json.objectNode();
      default ->
          json.stringNode(
              field.path("format").asString("").equals("uri")
                  ? "https://" + MADE_UP + "/"
                  : MADE_UP);
    };
  }
}
