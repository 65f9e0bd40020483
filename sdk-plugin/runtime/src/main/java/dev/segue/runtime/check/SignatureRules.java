package dev.segue.runtime.check;

import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What is declared so that it is taken, and still leads to trouble. */
final class SignatureRules {

  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(password|passwd|secret|token|apikey|privatekey|credential).*");

  /** Records may hold themselves. */
  private static final int DEEPEST = 12;

  private final PluginDescription plugin;
  private final List<Finding> findings = new ArrayList<>();

  SignatureRules(PluginDescription plugin) {
    this.plugin = plugin;
  }

  List<Finding> check() {
    Set<Class<?>> seen = new HashSet<>();
    for (StepDescriptor step : plugin.descriptor().steps()) {
      String type = step.type().toString();
      shapeless(type, "input", step.inputSchema(), step.inputSchema());
      shapeless(type, "output", step.outputSchema(), step.outputSchema());
      openSecrets(type + " input", step.inputSchema(), List.of());
      Class<?> code = plugin.step(step.type()).map(SignatureRules::codeOf).orElseThrow();
      if (seen.add(code)) {
        state(code);
      }
    }
    for (ConnectionDescriptor connection : plugin.descriptor().connections()) {
      openSecrets(connection.type(), connection.schema(), connection.secretFields());
    }
    return List.copyOf(findings);
  }

  private static Class<?> codeOf(StepBinding binding) {
    return switch (binding) {
      case StepBinding.Plain plain -> plain.step().getClass();
      case StepBinding.Changing changing -> changing.step().getClass();
    };
  }

  /** An empty schema takes any value: no form, no completion, no check. */
  private void shapeless(String type, String path, JsonNode root, JsonNode schema) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String field = path + "." + property.getKey();
      JsonNode node = resolved(root, property.getValue());
      JsonNode element = resolved(root, node.path("items"));
      if (isShapeless(node) || (node.has("items") && isShapeless(element))) {
        findings.add(
            Finding.warning(
                type + " " + field,
                "takes any value, so nobody can check it or help to fill it in; give it a type"));
      } else if (depth(field) < DEEPEST) {
        shapeless(type, field, root, node.has("items") ? element : node);
      }
    }
  }

  private static int depth(String field) {
    return field.split("\\.").length;
  }

  private static boolean isShapeless(JsonNode schema) {
    return schema.isObject()
        && !schema.has("type")
        && !schema.has("enum")
        && !schema.has("const")
        && !schema.has("anyOf")
        && !schema.has("oneOf")
        && !schema.has("allOf")
        && !schema.has("$ref");
  }

  private static JsonNode resolved(JsonNode root, JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.startsWith("#/") ? root.at(reference.substring(1)) : node;
  }

  private void openSecrets(String where, JsonNode schema, List<String> sealed) {
    schema
        .path("properties")
        .propertyNames()
        .forEach(
            name -> {
              if (SECRET_NAME.matcher(name).matches() && !sealed.contains(name)) {
                findings.add(
                    Finding.warning(
                        where + " " + name,
                        "looks like a secret that isn't sealed; put it into a connection, as a"
                            + " Secret"));
              }
            });
  }

  /** One instance serves all runs, by many threads at once. */
  private void state(Class<?> step) {
    for (Class<?> type = step;
        type != null && type.getClassLoader() == plugin.classLoader();
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isFinal(field.getModifiers()) && !field.isSynthetic()) {
          findings.add(
              Finding.warning(
                  type.getName() + "." + field.getName(),
                  "can change, and one instance of a step serves all runs at once; make it final,"
                      + " and keep nothing of a run in it"));
        }
      }
    }
  }
}
