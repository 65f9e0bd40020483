package dev.segue.bpmn.model.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.schema.Json;
import dev.segue.runtime.version.SemanticVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for the template of any step that the SDK can describe. */
class RandomTemplatesTest {

  private static final TemplateSchema SCHEMA = new TemplateSchema();
  private static final List<String> LEAVES =
      List.of(
          "{\"type\":\"string\"}",
          "{\"type\":\"string\",\"minLength\":3,\"maxLength\":9,\"pattern\":\"^(?:a+)$\"}",
          "{\"type\":\"string\",\"format\":\"date\"}",
          "{\"type\":\"string\",\"enum\":[\"=A\",\"\",\"two words\"]}",
          "{\"type\":\"string\",\"x-segue-connection\":\"bakery:account\",\"minLength\":1}",
          "{\"type\":\"integer\",\"minimum\":-3}",
          "{\"type\":[\"number\",\"string\"],\"format\":\"decimal\",\"maximum\":1e30}",
          "{\"type\":\"boolean\"}",
          "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}",
          "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}",
          "{}");
  private static final List<String> GROUPS = List.of("", "Input", "Prices & more", "prices more");

  private final Random random = new Random(20261121);

  @Test
  void everyTemplateIsSound() {
    for (int i = 0; i < 400; i++) {
      ObjectNode input = object(2);
      ObjectNode template =
          ElementTemplates.of(Steps.step(input, object(3)), SemanticVersion.of(1, 0, i));
      if (i % 8 == 0) {
        assertThat(SCHEMA.breaches(template)).as("%s of %s", template, input).isEmpty();
      }
      eachFieldHasItsPlace(input, template);
      nothingOptionalIsDemanded(template);
      idsAreUniqueAndGroupsExist(template);
    }
  }

  private static void eachFieldHasItsPlace(ObjectNode input, ObjectNode template) {
    List<String> targets = new ArrayList<>();
    for (JsonNode property : template.path("properties")) {
      if (property.path("binding").path("type").stringValue().equals("zeebe:input")) {
        targets.add(property.path("binding").path("name").stringValue().split("\\.", 2)[0]);
      }
    }
    assertThat(targets.stream().distinct())
        .containsExactlyElementsOf(input.path("properties").propertyNames());
  }

  private static void nothingOptionalIsDemanded(ObjectNode template) {
    for (JsonNode property : template.path("properties")) {
      JsonNode constraints = property.path("constraints");
      if (property.path("optional").asBoolean(false)) {
        assertThat(constraints.path("notEmpty").booleanValue()).isFalse();
        assertThat(constraints.has("pattern") || constraints.has("minLength")).isFalse();
      }
      if (property.path("feel").asString("").equals("required") && property.has("value")) {
        assertThat(property.path("value").stringValue()).startsWith("=");
      }
    }
  }

  private static void idsAreUniqueAndGroupsExist(ObjectNode template) {
    List<String> groups = new ArrayList<>();
    template.path("groups").forEach(group -> groups.add(group.path("id").stringValue()));
    List<String> ids = new ArrayList<>();
    for (JsonNode property : template.path("properties")) {
      if (property.has("id")) {
        ids.add(property.path("id").stringValue());
        assertThat(groups).contains(property.path("group").stringValue());
      }
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(groups).doesNotHaveDuplicates();
  }

  private ObjectNode object(int depth) {
    ObjectNode schema = Json.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    int fields = random.nextInt(6);
    for (int i = 0; i < fields; i++) {
      String name = "field" + i;
      properties.set(name, field(depth));
      if (random.nextBoolean()) {
        required.add(name);
      }
    }
    return schema;
  }

  private ObjectNode field(int depth) {
    ObjectNode field =
        depth > 0 && random.nextInt(4) == 0
            ? object(depth - 1)
            : (ObjectNode) Json.parse(pick(LEAVES));
    if (random.nextInt(3) == 0) {
      field.put("x-segue-feel", pick(List.of("none", "optional", "required")));
    }
    String group = pick(GROUPS);
    if (!group.isEmpty()) {
      field.put("x-segue-group", group);
    }
    if (random.nextInt(4) == 0) {
      field.set("default", Json.parse(pick(List.of("\"=A\"", "1", "true", "[]", "{\"a\":[1]}"))));
    }
    return field;
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
