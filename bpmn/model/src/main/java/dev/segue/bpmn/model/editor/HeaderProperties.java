package dev.segue.bpmn.model.editor;

import dev.segue.runtime.StepDescriptor;
import tools.jackson.databind.node.ArrayNode;

/** Makes the properties of a template that are the same for all steps: what becomes of a result. */
final class HeaderProperties {

  private static final String RETRIES = "3";

  private final StepDescriptor step;
  private final TemplateGroups groups;
  private final ArrayNode properties;

  HeaderProperties(StepDescriptor step, TemplateGroups groups, ArrayNode properties) {
    this.step = step;
    this.groups = groups;
    this.properties = properties;
  }

  void add() {
    if (!step.outputSchema().path("properties").isEmpty()) {
      result();
    }
    failure();
    advanced();
  }

  /** The variable that a template suggests for a result: {@code countLoaves} for count-loaves. */
  static String variable(String action) {
    StringBuilder name = new StringBuilder();
    boolean upper = false;
    for (char c : action.toCharArray()) {
      if (c == '-' || c == '.') {
        upper = !name.isEmpty();
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    boolean startsWithDigit = !name.isEmpty() && Character.isDigit(name.charAt(0));
    return name.isEmpty() || startsWithDigit ? "result" + name : name.toString();
  }

  private void result() {
    properties.add(
        header("resultVariable", "Result variable", "String", TemplateGroups.RESULT)
            .description("The variable that takes the whole result.")
            .value(variable(step.type().action()))
            .bind(Property.header("resultVariable")));
    properties.add(
        header("resultExpression", "Result expression", "Text", TemplateGroups.RESULT)
            .description("A context whose entries become variables, made of the result's fields.")
            .feel("required")
            .bind(Property.header("resultExpression")));
  }

  private void failure() {
    properties.add(
        header("errorExpression", "Error expression", "Text", TemplateGroups.FAILURE)
            .description(
                "A context with code and message throws that BPMN error; null throws none. It sees"
                    + " response and error.")
            .feel("required")
            .bind(Property.header("errorExpression")));
    properties.add(
        Property.of("String", "retries", "Retries", groups.id(TemplateGroups.FAILURE))
            .description("How often the step is tried before it becomes an incident.")
            .value(RETRIES)
            .feel("optional")
            .required()
            .bind(Property.taskDefinition("retries")));
    properties.add(
        header("retryBackoff", "Pause between retries", "String", TemplateGroups.FAILURE)
            .description("An ISO-8601 duration, such as PT30S.")
            .placeholder("PT30S")
            .bind(Property.header("retryBackoff")));
  }

  private void advanced() {
    String usual = step.policy().timeout().toString();
    properties.add(
        header("segue.timeout", "Time-out", "String", TemplateGroups.ADVANCED)
            .description("An ISO-8601 duration of at most 24 hours; %s if empty.".formatted(usual))
            .placeholder(usual)
            .bind(Property.header("segue.timeout")));
    properties.add(
        header("segue.plugin-version", "Plugin version", "String", TemplateGroups.ADVANCED)
            .description(
                "Pins the step to this version of its plugin, such as 1.4.0, or to a range, such as ^1.4;"
                    + " else the one in service.")
            .bind(Property.header("segue.plugin-version")));
  }

  private Property header(String key, String label, String type, String group) {
    return Property.of(type, "header." + key, label, groups.id(group)).optional();
  }
}
