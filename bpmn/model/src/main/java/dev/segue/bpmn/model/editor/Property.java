package dev.segue.bpmn.model.editor;

import dev.segue.runtime.schema.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds one property of an element template. */
final class Property {

  private final ObjectNode json = Json.object();

  private Property(String type) {
    json.put("type", type);
  }

  /** One that people don't see. */
  static ObjectNode hidden(String value, ObjectNode binding) {
    Property property = new Property("Hidden");
    property.json.put("value", value);
    return property.bind(binding);
  }

  static Property of(String type, String id, String label, String group) {
    Property property = new Property(type);
    property.json.put("id", id).put("label", label).put("group", group);
    return property;
  }

  static ObjectNode input(String name) {
    return Json.object().put("type", "zeebe:input").put("name", name);
  }

  static ObjectNode header(String key) {
    return Json.object().put("type", "zeebe:taskHeader").put("key", key);
  }

  static ObjectNode taskDefinition(String property) {
    return Json.object().put("type", "zeebe:taskDefinition").put("property", property);
  }

  static ObjectNode extension(String name) {
    return Json.object().put("type", "zeebe:property").put("name", name);
  }

  Property description(String text) {
    if (!text.isBlank()) {
      json.put("description", text);
    }
    return this;
  }

  /** Shown while the field is empty; only texts can have one. */
  Property placeholder(String text) {
    if (!text.isEmpty()) {
      json.put("placeholder", text);
    }
    return this;
  }

  Property feel(String mode) {
    json.put("feel", mode);
    return this;
  }

  Property value(JsonNode value) {
    json.set("value", value);
    return this;
  }

  Property value(String value) {
    json.put("value", value);
    return this;
  }

  Property choice(String name, String value) {
    json.withArray("choices").addObject().put("name", name).put("value", value);
    return this;
  }

  /** What an editor leaves out of the diagram while it is empty, and never complains about. */
  Property optional() {
    json.put("optional", true);
    constraints().put("notEmpty", false);
    return this;
  }

  Property required() {
    constraints().put("notEmpty", true);
    return this;
  }

  ObjectNode constraints() {
    return json.withObject("constraints");
  }

  ObjectNode bind(ObjectNode binding) {
    json.set("binding", binding);
    return json;
  }
}
