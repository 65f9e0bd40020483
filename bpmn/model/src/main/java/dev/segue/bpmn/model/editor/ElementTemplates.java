package dev.segue.bpmn.model.editor;

import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.StepType;
import dev.segue.runtime.schema.Json;
import dev.segue.runtime.version.SemanticVersion;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an element template of a step type: with it, Camunda's Modeler and our editor offer the
 * step by name, with a form for its input.
 */
public final class ElementTemplates {

  private static final String SCHEMA =
      "https://unpkg.com/@camunda/zeebe-element-templates-json-schema/resources/schema.json";
  private static final int STEPS_PER_PART = 1_000;

  private ElementTemplates() {}

  /**
   * Makes a step's template.
   *
   * @param step as its plugin describes it
   * @param pluginVersion the version of that plugin
   * @return a new element template by Camunda's JSON Schema
   */
  public static ObjectNode of(StepDescriptor step, SemanticVersion pluginVersion) {
    TemplateGroups groups = new TemplateGroups();
    ArrayNode properties = Json.object().putArray("properties");
    identity(step, pluginVersion, properties);
    if (step.kind() == StepKind.APPLY) {
      reference(step, groups, properties);
    } else {
      new InputProperties(groups, properties).add(step.inputSchema());
    }
    new HeaderProperties(step, groups, properties).add();

    ObjectNode template = Json.object().put("$schema", SCHEMA);
    template
        .put("name", step.title())
        .put("id", id(step.type()))
        .put("version", version(pluginVersion));
    if (!step.description().isBlank()) {
      template.put("description", step.description());
    }
    template.set("category", category(step));
    template.putArray("keywords").add(step.type().plugin()).add(step.type().action());
    template.putArray("appliesTo").add("bpmn:Task").add("bpmn:ServiceTask");
    template.putObject("elementType").put("value", "bpmn:ServiceTask");
    template.putObject("engines").put("camunda", "^8.5");
    TemplateIcon.of(step.icon())
        .ifPresent(icon -> template.putObject("icon").put("contents", icon));
    groups.writeTo(template.putArray("groups"));
    template.set("properties", properties);
    return template;
  }

  /**
   * Tells a template's id: the step type with its major, because a diagram can't be brought from
   * one major to the next by taking a newer template.
   *
   * @return the step type as text
   */
  public static String id(StepType type) {
    return type.toString();
  }

  /**
   * Tells a template's version: 1004002 for 1.4.2. It rises with the plugin's version, but for
   * pre-releases, which share the number of their release, and for a minor or patch of a thousand
   * and more, which counts as 999.
   *
   * @return 0 or more
   */
  public static long version(SemanticVersion plugin) {
    return ((long) plugin.major() * STEPS_PER_PART + part(plugin.minor())) * STEPS_PER_PART
        + part(plugin.patch());
  }

  /**
   * Tells the plugin's version by its template's: 1.4.2 for 1004002.
   *
   * @param template as of {@link #version}
   */
  public static String pluginVersion(long template) {
    long parts = template / STEPS_PER_PART;
    return "%d.%d.%d"
        .formatted(parts / STEPS_PER_PART, parts % STEPS_PER_PART, template % STEPS_PER_PART);
  }

  private static int part(int number) {
    return Math.min(number, STEPS_PER_PART - 1);
  }

  private static void identity(
      StepDescriptor step, SemanticVersion pluginVersion, ArrayNode properties) {
    properties.add(Property.hidden(step.type().toString(), Property.taskDefinition("type")));
    properties.add(Property.hidden(step.type().plugin(), Property.extension("segue.plugin")));
    properties.add(
        Property.hidden(pluginVersion.toString(), Property.extension("segue.drawn-with")));
  }

  /** What apply takes is the id of what plan gave; the template of plan names its result so. */
  private static void reference(StepDescriptor step, TemplateGroups groups, ArrayNode properties) {
    String action = step.type().action();
    String plan = action.substring(0, action.lastIndexOf('.')) + ".plan";
    for (FieldSchema field : FieldSchema.all(step.inputSchema())) {
      String group = groups.id(TemplateGroups.INPUT);
      properties.add(
          Property.of("Text", "input." + field.name(), field.label(), group)
              .description(field.help())
              .feel("required")
              .value("=" + HeaderProperties.variable(plan) + ".id")
              .required()
              .bind(Property.input(field.name())));
    }
  }

  private static ObjectNode category(StepDescriptor step) {
    String plugin = step.type().plugin();
    String name = step.category().isBlank() ? words(plugin) : step.category().strip();
    String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return Json.object().put("id", step.category().isBlank() ? plugin : id).put("name", name);
  }

  private static String words(String plugin) {
    String words =
        Arrays.stream(plugin.split("-", -1))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(" "));
    return words.isEmpty()
        ? plugin
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
