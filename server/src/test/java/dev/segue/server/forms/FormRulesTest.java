package dev.segue.server.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.http.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class FormRulesTest {

  private static final FormRules FORM =
      FormRules.of(
          Json.parse(
              """
              {"components": [
                {"type": "text", "text": "Hello"},
                {"type": "textfield", "key": "till", "label": "Till", "validate": {"required": true}},
                {"type": "number", "key": "days", "validate": {"min": 1, "max": 28}},
                {"type": "textarea", "key": "note",
                 "validate": {"minLength": 2, "maxLength": 5, "pattern": "^[a-z]+$"}},
                {"type": "select", "key": "language",
                 "values": [{"value": "ENGLISH"}, {"value": "GERMAN"}]},
                {"type": "checkbox", "key": "sure", "validate": {"required": true}},
                {"type": "taglist", "key": "tags", "values": [{"value": "a"}, {"value": "b"}]},
                {"type": "textfield", "key": "hidden", "validate": {"required": true},
                 "conditional": {"hide": "=true"}},
                {"type": "textfield", "key": "off", "disabled": true, "validate": {"required": true}},
                {"type": "group", "path": "address", "components": [
                  {"type": "textfield", "key": "city", "validate": {"required": true}}]}
              ]}\
              """));

  @Test
  void whatFitsHasNoProblems() {
    assertThat(
            problems(
                """
                {"till": "t", "days": 28, "note": "abc", "language": "GERMAN", "sure": true,
                 "tags": ["a"], "address": {"city": "C"}, "more": 1}\
                """))
        .isEmpty();
  }

  @Test
  void whatIsNeededAndMissingIsNamed() {
    assertThat(problems("{\"till\": \" \", \"sure\": false}"))
        .contains("till=The start form says of \"Till\": it is needed.", "sure=", "address.city=")
        .doesNotContain("hidden", "off");
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThat(
            problems(
                """
                {"till": 5, "days": 29, "note": "abcdef", "language": "FRENCH", "sure": "yes",
                 "tags": ["a", "c"], "address": {"city": "C"}}\
                """))
        .contains("till=", "is a text", "days=", "at most 28", "note=", "at most 5", "language=")
        .contains("sure=", "true or false", "tags=");
    assertThat(problems("{\"till\": \"t\", \"sure\": true, \"days\": \"7\", \"note\": \"A1\"}"))
        .contains("days=", "is a number", "note=", "^[a-z]+$");
  }

  @Test
  void whatComesLaterIsNotMissedYet() {
    assertThat(FORM.problems(Json.object(), name -> true)).isEmpty();
    assertThat(FORM.problems(Json.object().put("sure", true), "address"::equals))
        .singleElement()
        .satisfies(error -> assertThat(error.field()).isEqualTo("till"));
  }

  private static String problems(String variables) {
    StringBuilder problems = new StringBuilder();
    FORM.problems((ObjectNode) Json.parse(variables), name -> false)
        .forEach(
            one -> problems.append(one.field()).append('=').append(one.message()).append('\n'));
    return problems.toString();
  }
}
