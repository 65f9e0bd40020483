package dev.segue.runtime.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.segue.sdk.Field;
import dev.segue.sdk.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema that people and tools see allows exactly what can be bound. */
class SchemaAgreementTest {

  enum Size {
    SMALL,
    LARGE
  }

  record Inner(@Field(min = 0, max = 100) int count, Optional<Boolean> flag) {}

  record Subject(
      @Field(title = "A text", help = "Any.", minLength = 1, maxLength = 3, example = "ab")
          String text,
      @Field(pattern = "[a-c]*", defaultValue = "a") String code,
      @Field(choices = {"x", "y"}) Optional<String> choice,
      Size size,
      Optional<Size> maybeSize,
      boolean flag,
      @Field(min = -5, max = 5) double number,
      Inner inner,
      @Field(minLength = 1, maxLength = 2) List<Inner> list,
      Set<Integer> set,
      Map<String, Inner> map,
      Optional<Money> price) {}

  private static final List<String> FRAGMENTS =
      List.of(
          "null",
          "true",
          "0",
          "1",
          "3.0",
          "3.5",
          "-7",
          "101",
          "\"\"",
          "\"a\"",
          "\"ab\"",
          "\"abcd\"",
          "\"x\"",
          "\"SMALL\"",
          "\"small\"",
          "[]",
          "[1,2]",
          "[1,1]",
          "[1,2,3]",
          "{}",
          "{\"count\":1}",
          "{\"count\":1,\"flag\":null}",
          "{\"count\":1,\"flag\":3}",
          "{\"count\":1,\"other\":2}",
          "{\"k\":{\"count\":2}}",
          "{\"k\":{\"count\":200}}",
          "[{\"count\":1}]",
          "[{\"count\":1},{\"count\":2},{\"count\":3}]",
          "{\"amount\":\"9.50\",\"currency\":\"EUR\"}",
          "{\"amount\":9.5,\"currency\":\"EUR\"}",
          "{\"amount\":\"x\",\"currency\":\"EUR\"}",
          "{\"amount\":\"9.50\"}",
          "{\"amount\":\"9.50\",\"currency\":\"euro\"}");

  private static final String VALID =
      """
      {"text":"ab","size":"LARGE","flag":true,"number":1.5,"inner":{"count":1},
       "list":[{"count":2}],"set":[1],"map":{}}
      """;

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"INPUT", "CONNECTION"})
  void schemaAndBinderGiveTheSameVerdict(Role role) {
    Binder<Subject> binder = Binder.of(Subject.class, role);
    Schema schema = compile(binder);
    Random random = new Random(20261101);
    List<String> fields = binder.fields();
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      ObjectNode candidate = (ObjectNode) Json.parse(VALID);
      int edits = 1 + random.nextInt(2);
      for (int edit = 0; edit < edits; edit++) {
        String field =
            random.nextInt(20) == 0 ? "unknown" : fields.get(random.nextInt(fields.size()));
        if (random.nextInt(8) == 0) {
          candidate.remove(field);
        } else {
          candidate.set(field, Json.parse(FRAGMENTS.get(random.nextInt(FRAGMENTS.size()))));
        }
      }
      boolean bound = binds(binder, candidate);
      accepted += bound ? 1 : 0;
      assertThat(schema.validate(candidate).isEmpty()).as("%s", candidate).isEqualTo(bound);
    }
    assertThat(accepted).as("accepted candidates").isBetween(1_000, 19_000);
  }

  @Test
  void whatIsWrittenFitsTheOutputSchema() {
    Binder<Subject> binder = Binder.of(Subject.class, Role.OUTPUT);
    Subject value =
        new Subject(
            "abc",
            "a",
            Optional.empty(),
            Size.SMALL,
            Optional.empty(),
            false,
            2.5,
            new Inner(3, Optional.of(true)),
            List.of(new Inner(1, Optional.empty())),
            Set.of(4),
            Map.of("k", new Inner(0, Optional.empty())),
            Optional.of(new Money(new BigDecimal("1E+2"), java.util.Currency.getInstance("EUR"))));

    ObjectNode json = binder.write(value);

    assertThat(compile(binder).validate(json)).isEmpty();
    assertThat(json.propertyNames()).containsExactlyElementsOf(binder.fields());
  }

  @Test
  void theSchemaCarriesWhatFormsAndDocumentationNeed() {
    record Described(
        @Field(
                title = "Brand voice",
                help = "How it should sound.",
                example = "warm",
                multiline = true,
                group = "Text",
                feel = Field.Feel.NONE)
            String brandVoice,
        @Field(defaultValue = "3") int maxItems) {}

    assertThat(Json.pretty(Binder.of(Described.class, Role.INPUT).schema()))
        .isEqualTo(
            """
            {
              "$schema" : "https://json-schema.org/draft/2020-12/schema",
              "type" : "object",
              "properties" : {
                "brandVoice" : {
                  "title" : "Brand voice",
                  "description" : "How it should sound.",
                  "type" : "string",
                  "examples" : [ "warm" ],
                  "x-segue-multiline" : true,
                  "x-segue-feel" : "none",
                  "x-segue-group" : "Text"
                },
                "maxItems" : {
                  "title" : "Max items",
                  "type" : [ "integer", "null" ],
                  "default" : 3
                }
              },
              "required" : [ "brandVoice" ]
            }
            """);
  }

  @Test
  void everySchemaIsValidAgainstTheStandard() {
    JsonNode schema = Binder.of(Subject.class, Role.INPUT).schema();
    Schema metaSchema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(
                    "https://json-schema.org/draft/2020-12/schema"));

    assertThat(metaSchema.validate(schema)).isEmpty();
    assertThat(((ArrayNode) schema.get("required")).size()).isEqualTo(8);
  }

  private static boolean binds(Binder<Subject> binder, JsonNode json) {
    try {
      binder.read(json);
      return true;
    } catch (BindingException e) {
      return false;
    }
  }

  private static Schema compile(Binder<?> binder) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(binder.schema());
  }
}
