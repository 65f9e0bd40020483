package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An input that a step has to refuse, with the name of the field for whoever mends the diagram.
 *
 * @param field the field that is wrong
 * @param wrong what is wrong with it
 * @param variables the input
 */
record RefusedInput(String field, String wrong, ObjectNode variables) {

  /** Spoils a good input in each way that its schema forbids, one at a time. */
  static List<RefusedInput> of(ObjectNode schema, ObjectNode good) {
    List<RefusedInput> refused = new ArrayList<>();
    for (JsonNode required : schema.path("required")) {
      ObjectNode without = good.deepCopy();
      without.remove(required.stringValue());
      refused.add(new RefusedInput(required.stringValue(), "is missing", without));
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      spoil(property.getKey(), property.getValue(), good, refused);
    }
    return refused;
  }

  private static void spoil(
      String field, JsonNode schema, ObjectNode good, List<RefusedInput> refused) {
    String type = schema.path("type").toString();
    if (type.matches(".*\"(string|integer|number|boolean|array)\".*")) {
      ObjectNode wrong = good.deepCopy();
      wrong.putObject(field).put("of", "another kind");
      refused.add(new RefusedInput(field, "is an object", wrong));
    }
    if (schema.path("minimum").isNumber()) {
      refused.add(
          number(field, good, schema.path("minimum").decimalValue().subtract(BigDecimal.ONE)));
    }
    if (schema.path("maximum").isNumber()) {
      refused.add(number(field, good, schema.path("maximum").decimalValue().add(BigDecimal.ONE)));
    }
    if (schema.has("enum")) {
      ObjectNode wrong = good.deepCopy().put(field, "none of the choices");
      refused.add(new RefusedInput(field, "is none of its choices", wrong));
    }
  }

  private static RefusedInput number(String field, ObjectNode good, BigDecimal value) {
    return new RefusedInput(field, "is " + value, good.deepCopy().put(field, value));
  }

  /** Runs the step on each and demands that the failure is one of the input and names the field. */
  static void check(List<RefusedInput> refused, Function<ObjectNode, StepResult<?>> step) {
    for (RefusedInput input : refused) {
      StepResult<?> result = step.apply(input.variables());
      String what = "the step's answer where '" + input.field() + "' " + input.wrong();
      assertThat(result).as(what).isInstanceOf(StepResult.Failed.class);
      StepFailure failure = Results.failure(result);
      assertThat(failure).as(what).isInstanceOf(StepFailure.InvalidInput.class);
      assertThat(((StepFailure.InvalidInput) failure).problems())
          .as(what + ", which has to name the field")
          .anyMatch(problem -> names(problem.path() + " " + problem.message(), input.field()));
    }
  }

  private static boolean names(String problem, String field) {
    return problem.matches("(?s)(.*\\W)?" + Pattern.quote(field) + "(\\W.*)?");
  }
}
