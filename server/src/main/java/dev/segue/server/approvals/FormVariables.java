package dev.segue.server.approvals;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Which variables a Camunda form shows: those of its fields, and those that its texts speak of. */
final class FormVariables {

  private static final Set<String> NAMING = Set.of("key", "valuesKey", "path");
  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);

  private FormVariables() {}

  /**
   * The names; among them may be words of expressions that are no variables. Segue's own variable
   * is never among them.
   */
  static Set<String> names(JsonNode form) {
    Set<String> names = new TreeSet<>();
    collect("", form, names);
    names.remove("segue");
    return names;
  }

  private static void collect(String field, JsonNode node, Set<String> names) {
    if (node.isString()) {
      text(field, node.asString(), names);
    } else if (node.isArray()) {
      node.forEach(entry -> collect(field, entry, names));
    } else {
      node.properties().forEach(entry -> collect(entry.getKey(), entry.getValue(), names));
    }
  }

  private static void text(String field, String text, Set<String> names) {
    if (NAMING.contains(field)) {
      names.add(text.split("[.\\[]", 2)[0].strip());
    } else if (text.startsWith("=")) {
      expression(text, names);
    } else {
      Matcher templates = TEMPLATE.matcher(text);
      while (templates.find()) {
        expression(templates.group(1), names);
      }
    }
  }

  private static void expression(String text, Set<String> names) {
    Matcher found = NAME.matcher(text);
    while (found.find()) {
      names.add(found.group());
    }
  }
}
