package dev.segue.bpmn.model.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.StepKind;
import dev.segue.runtime.StepType;
import dev.segue.runtime.changes.ApplyInput;
import dev.segue.runtime.changes.ChangeSetReference;
import dev.segue.runtime.schema.Json;
import dev.segue.runtime.version.SemanticVersion;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Money;
import dev.segue.sdk.StepContext;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ElementTemplatesTest {

  private static final TemplateSchema SCHEMA = new TemplateSchema();
  private static final SemanticVersion VERSION = SemanticVersion.parse("1.4.2");

  enum Flour {
    WHOLE_GRAIN,
    RYE
  }

  record Account(String host) implements ConnectionType {
    @Override
    public Set<String> hosts() {
      return Set.of(host);
    }

    @Override
    public ConnectionCheck test(StepContext context) {
      return new ConnectionCheck(true, "");
    }
  }

  record Crust(@Field(title = "Colour") String colour, Optional<Integer> minutes) {}

  record Loaf(String name, Optional<Money> price, List<Crust> crusts) {}

  record Input(
      @Field(title = "Bakery") Account bakery,
      @Field(title = "Day", help = "The business day.") LocalDate day,
      @Field(minLength = 2, maxLength = 40, pattern = "[a-z ]+") String shelf,
      @Field(minLength = 2, maxLength = 40, pattern = "[a-z ]+") Optional<String> drawer,
      @Field(pattern = "\\p{L}+") String word,
      @Field(multiline = true, group = "Words") String letter,
      @Field(defaultValue = "=1+1") String formula,
      @Field(min = 0, max = 1.5, defaultValue = "0.5") BigDecimal share,
      @Field(feel = Field.Feel.NONE) int count,
      boolean sliced,
      @Field(defaultValue = "true") boolean fresh,
      Optional<Boolean> sold,
      Flour flour,
      @Field(defaultValue = "RYE") Flour second,
      @Field(feel = Field.Feel.OPTIONAL) Flour third,
      @Field(choices = {"EUR", "USD"}) Optional<String> currency,
      Money price,
      @Field(example = "{\"a\": 1}") Map<String, Integer> stock,
      @Field(defaultValue = "[]") List<String> tags,
      Loaf loaf,
      @Field(title = "Crust", feel = Field.Feel.NONE) Crust crust,
      Object anything) {}

  record Output(@Field(title = "Loaves") int loaves, List<Loaf> best) {}

  record Nothing() {}

  private final ObjectNode template =
      ElementTemplates.of(
          Steps.step(Steps.input(Input.class), Steps.output(Output.class)), VERSION);

  @Test
  void fitsCamundasSchemaWhateverTheInputHolds() {
    assertThat(SCHEMA.breaches(template)).isEmpty();
    assertThat(SCHEMA.breaches(Json.object().put("name", "x"))).isNotEmpty();
  }

  @Test
  void isNamedByStepTypeAndPluginVersion() {
    assertThat(template.path("id").stringValue()).isEqualTo("bakery:count-loaves:1");
    assertThat(template.path("version").asInt()).isEqualTo(1_004_002);
    assertThat(template.path("category").path("name").stringValue()).isEqualTo("Bakery");
    assertThat(template.path("icon").path("contents").stringValue())
        .startsWith("data:image/svg+xml;")
        .doesNotContain("#", "<", "\"");
    assertThat(bound("zeebe:taskDefinition", "property", "type").path("value").stringValue())
        .isEqualTo("bakery:count-loaves:1");
    assertThat(bound("zeebe:taskDefinition", "property", "retries").path("value").stringValue())
        .isEqualTo("3");
    assertThat(bound("zeebe:property", "name", "segue.drawn-with").path("value").stringValue())
        .isEqualTo("1.4.2");
  }

  @Test
  void versionsRiseWithThePlugin() {
    List<String> rising =
        List.of("0.0.0", "0.0.9", "0.1.0", "1.0.0", "1.0.999", "1.1.0", "12.999.999", "13.0.0");
    assertThat(rising.stream().map(SemanticVersion::parse).map(ElementTemplates::version))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(ElementTemplates.version(SemanticVersion.parse("1.4.2-rc.1"))).isEqualTo(1_004_002);
    assertThat(ElementTemplates.version(SemanticVersion.parse("1.5000.3"))).isEqualTo(1_999_003);
  }

  @Test
  void anIconOfOneKilobyteIsLeftOut() {
    String heavy = Steps.ICON.replace("M1", "M1" + " ".repeat(1_000));
    StepDescriptor step =
        Steps.step(
            "bakery:bake:1",
            StepKind.STEP,
            heavy,
            Steps.input(Nothing.class),
            Steps.output(Nothing.class));

    assertThat(ElementTemplates.of(step, VERSION).has("icon")).isFalse();
  }

  @Test
  void textsMayBeExpressionsAndKeepTheirLimits() {
    JsonNode shelf = input("shelf");
    assertThat(shelf.path("type").stringValue()).isEqualTo("String");
    assertThat(shelf.path("feel").stringValue()).isEqualTo("optional");
    assertThat(shelf.path("constraints"))
        .isEqualTo(
            Json.parse(
                "{\"notEmpty\":true,\"maxLength\":40,\"minLength\":2,\"pattern\":\"^(?:[a-z ]+)$\"}"));
    assertThat(input("letter").path("type").stringValue()).isEqualTo("Text");
    assertThat(group("letter")).isEqualTo("Words");
    assertThat(input("day").path("placeholder").stringValue()).isEqualTo("2026-03-01");
    assertThat(input("formula").path("value").stringValue()).isEqualTo("=\"=1+1\"");
  }

  @Test
  void leavesOutWhatAnEditorWouldTryOnAnAbsentText() {
    assertThat(input("drawer").path("optional").booleanValue()).isTrue();
    assertThat(input("drawer").path("constraints"))
        .isEqualTo(Json.parse("{\"notEmpty\":false,\"maxLength\":40}"));
  }

  @Test
  void leavesOutPatternsThatJavaScriptReadsDifferently() {
    assertThat(input("word").path("constraints")).isEqualTo(Json.parse("{\"notEmpty\":true}"));
  }

  @Test
  void numbersTellTheirRangeAndStartFromTheirDefault() {
    assertThat(input("share").path("type").stringValue()).isEqualTo("Number");
    assertThat(input("share").path("feel").stringValue()).isEqualTo("optional");
    assertThat(input("share").path("value").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(input("share").path("description").stringValue()).isEqualTo("From 0 to 1.5.");
    assertThat(input("count").path("feel").stringValue()).isEqualTo("static");
  }

  @Test
  void aTickBoxIsAlwaysWrittenAndAnOpenQuestionHasThreeAnswers() {
    assertThat(input("sliced").path("value").booleanValue()).isFalse();
    assertThat(input("fresh").path("value").booleanValue()).isTrue();
    assertThat(input("fresh").has("optional")).isFalse();
    assertThat(input("sold").path("type").stringValue()).isEqualTo("Dropdown");
    assertThat(input("sold").path("optional").booleanValue()).isTrue();
  }

  @Test
  void choicesAreDropdownsUnlessTheyMayBeExpressions() {
    assertThat(input("flour").path("choices"))
        .isEqualTo(
            Json.parse(
                """
                [{"name":"…","value":""},{"name":"Whole grain","value":"WHOLE_GRAIN"},
                 {"name":"Rye","value":"RYE"}]\
                """));
    assertThat(input("second").path("value").stringValue()).isEqualTo("RYE");
    assertThat(input("third").path("type").stringValue()).isEqualTo("String");
    assertThat(input("third").path("description").stringValue())
        .isEqualTo("One of WHOLE_GRAIN, RYE.");
    assertThat(input("currency").path("choices").get(0).path("name").stringValue())
        .isEqualTo("EUR");
  }

  @Test
  void listsMapsAndRecordsAreExpressionsThatTellTheirForm() {
    for (String field : List.of("price", "stock", "tags", "loaf")) {
      assertThat(input(field).path("type").stringValue()).as(field).isEqualTo("Text");
      assertThat(input(field).path("feel").stringValue()).as(field).isEqualTo("required");
    }
    assertThat(input("tags").path("value").stringValue()).isEqualTo("=[]");
    assertThat(input("stock").path("placeholder").stringValue()).isEqualTo("={\"a\":1}");
    assertThat(input("price").path("description").stringValue())
        .isEqualTo("Its form: {amount: number, currency: string}");
    assertThat(input("loaf").path("description").stringValue())
        .contains("crusts: [{colour: string, minutes?: number}]");
  }

  @Test
  void aRecordThatIsNoExpressionIsSpreadOverItsComponents() {
    assertThat(input("crust").isMissingNode()).isTrue();
    assertThat(input("crust.colour").path("label").stringValue()).isEqualTo("Colour");
    assertThat(input("crust.minutes").path("optional").booleanValue()).isTrue();
    assertThat(group("crust.colour")).isEqualTo("Crust");
  }

  @Test
  void aConnectionIsItsName() {
    assertThat(input("bakery").path("type").stringValue()).isEqualTo("String");
    assertThat(input("bakery").path("description").stringValue()).contains("bakery:account");
    assertThat(group("bakery")).isEqualTo("Connection");
  }

  @Test
  void aStepWithoutResultAsksForNoVariable() {
    ObjectNode mute =
        ElementTemplates.of(
            Steps.step(Steps.input(Nothing.class), Steps.output(Nothing.class)), VERSION);

    assertThat(SCHEMA.breaches(mute)).isEmpty();
    assertThat(bound("zeebe:taskHeader", "key", "resultVariable").path("value").stringValue())
        .isEqualTo("countLoaves");
    assertThat(bound(mute, "zeebe:taskHeader", "key", "resultVariable").isMissingNode()).isTrue();
    assertThat(bound(mute, "zeebe:taskHeader", "key", "segue.timeout").isMissingNode()).isFalse();
  }

  @Test
  void applyTakesWhatPlanGives() {
    ObjectNode plan =
        ElementTemplates.of(
            Steps.step(
                "bakery:raise-prices.plan:2",
                StepKind.PLAN,
                "",
                Steps.input(Crust.class),
                Steps.output(ChangeSetReference.class)),
            VERSION);
    ObjectNode apply =
        ElementTemplates.of(
            Steps.step(
                "bakery:raise-prices.apply:2",
                StepKind.APPLY,
                "",
                Steps.input(ApplyInput.class),
                Steps.output(Output.class)),
            VERSION);

    assertThat(SCHEMA.breaches(plan)).isEmpty();
    assertThat(SCHEMA.breaches(apply)).isEmpty();
    assertThat(bound(plan, "zeebe:taskHeader", "key", "resultVariable").path("value").stringValue())
        .isEqualTo("raisePricesPlan");
    assertThat(bound(apply, "zeebe:input", "name", "changes").path("value").stringValue())
        .isEqualTo("=raisePricesPlan.id");
  }

  @Test
  void theIdKeepsTheMajor() {
    assertThat(ElementTemplates.id(StepType.parse("bakery:bake:2"))).isEqualTo("bakery:bake:2");
  }

  private JsonNode input(String name) {
    return bound("zeebe:input", "name", name);
  }

  private String group(String input) {
    String id = input(input).path("group").stringValue();
    for (JsonNode group : template.path("groups")) {
      if (group.path("id").stringValue().equals(id)) {
        return group.path("label").stringValue();
      }
    }
    return "";
  }

  private JsonNode bound(String type, String attribute, String value) {
    return bound(template, type, attribute, value);
  }

  private static JsonNode bound(ObjectNode template, String type, String attribute, String value) {
    for (JsonNode property : template.path("properties")) {
      JsonNode binding = property.path("binding");
      if (binding.path("type").asString("").equals(type)
          && binding.path(attribute).asString("").equals(value)) {
        return property;
      }
    }
    return template.path("none");
  }
}
