package dev.segue.server.steps;

import dev.segue.bpmn.model.Feel;
import dev.segue.bpmn.model.FeelException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes variables and errors out of results, as a task's headers say. The headers are those of
 * Camunda's connectors: {@code resultVariable}, {@code resultExpression}, {@code errorExpression}.
 */
final class ResultMapper {

  private static final String VARIABLE = "resultVariable";
  private static final String EXPRESSION = "resultExpression";
  private static final String ERROR = "errorExpression";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Feel feel;

  ResultMapper(Feel feel) {
    this.feel = feel;
  }

  /** A BPMN error that an error expression asks for. */
  record MappedError(String code, String message) {}

  /**
   * The variables that a result gives; none if the task has neither header.
   *
   * @throws MappingException if an expression fails or gives no context
   */
  ObjectNode variables(Map<String, String> headers, ObjectNode result) {
    ObjectNode variables = JSON.createObjectNode();
    String expression = headers.get(EXPRESSION);
    if (expression != null && !expression.isBlank()) {
      JsonNode value = evaluate(expression, scope(result));
      if (!(value instanceof ObjectNode context)) {
        throw new MappingException(
            "The expression '%s' gives %s instead of a context such as {name: value}."
                .formatted(expression, value));
      }
      variables.setAll(context);
    }
    String variable = headers.get(VARIABLE);
    if (variable != null && !variable.isBlank()) {
      variables.set(variable.strip(), result);
    }
    return variables;
  }

  /**
   * The error that the task makes of a result.
   *
   * @throws MappingException if the expression fails
   */
  Optional<MappedError> errorOfResult(Map<String, String> headers, ObjectNode result) {
    return error(headers, scope(result));
  }

  /**
   * The error that the task makes of a failure.
   *
   * @param code the step's error code; empty for a fault
   * @throws MappingException if the expression fails
   */
  Optional<MappedError> errorOfFailure(Map<String, String> headers, String code, String message) {
    ObjectNode scope = JSON.createObjectNode();
    scope.putNull("response");
    scope.putObject("error").put("code", code).put("message", message);
    return error(headers, scope);
  }

  private Optional<MappedError> error(Map<String, String> headers, ObjectNode scope) {
    String expression = headers.get(ERROR);
    if (expression == null || expression.isBlank()) {
      return Optional.empty();
    }
    JsonNode value = evaluate(expression, scope);
    if (!(value instanceof ObjectNode error)) {
      return Optional.empty();
    }
    String code = error.path("code").asString(error.path("errorCode").asString(""));
    return code.isEmpty()
        ? Optional.empty()
        : Optional.of(new MappedError(code, error.path("message").asString("")));
  }

  /** The result's fields are there by their names and, all together, as {@code response}. */
  private static ObjectNode scope(ObjectNode result) {
    ObjectNode scope = JSON.createObjectNode();
    scope.setAll(result);
    scope.set("response", result);
    return scope;
  }

  private JsonNode evaluate(String expression, ObjectNode scope) {
    try {
      return feel.evaluate(Feel.expression(expression.strip()), scope).value();
    } catch (FeelException e) {
      throw new MappingException(String.valueOf(e.getMessage()));
    }
  }
}
