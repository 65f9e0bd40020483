package dev.segue.bpmn.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.feel.FeelEngine;
import org.camunda.feel.api.EvaluationFailure;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.FeelEngineApi;
import org.camunda.feel.api.ParseResult;
import org.camunda.feel.impl.SpiServiceLoader;
import org.camunda.feel.syntaxtree.ParsedExpression;
import scala.jdk.javaapi.CollectionConverters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses and evaluates FEEL by the same library as the engine's, so with the same results. Parsed
 * expressions are kept. Safe for use by many threads.
 */
public final class Feel {

  private static final int KEPT_EXPRESSIONS = 2000;

  private final FeelEngineApi engine =
      new FeelEngineApi(
          new FeelEngine.Builder()
              .functionProvider(SpiServiceLoader.loadFunctionProvider())
              .valueMapper(SpiServiceLoader.loadValueMapper())
              .build());

  private final Map<String, ParsedExpression> parsed =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ParsedExpression> eldest) {
          return size() > KEPT_EXPRESSIONS;
        }
      };

  /**
   * What an expression gave.
   *
   * @param value null is a null node
   * @param warnings what was odd, such as a variable that isn't there and counts as null
   */
  public record Result(JsonNode value, List<String> warnings) {
    public Result {
      warnings = List.copyOf(warnings);
    }
  }

  /** Whether a text of a diagram is an expression: it begins with an equals sign. */
  public static boolean isExpression(String text) {
    return text.startsWith("=");
  }

  /** The expression in a text of a diagram, without the equals sign. */
  public static String expression(String text) {
    return isExpression(text) ? text.substring(1).strip() : text;
  }

  /** What is wrong with an expression (without the equals sign); empty if it is FEEL. */
  public Optional<String> problem(String expression) {
    if (expression.isBlank()) {
      return Optional.of("the expression is empty");
    }
    ParseResult result = engine.parseExpression(expression);
    return result.isSuccess() ? Optional.empty() : Optional.of(result.failure().message());
  }

  /**
   * Whether the loops of an expression (without the equals sign), one within another, may go round
   * more than {@code most} times, or so often that it can't be told beforehand.
   *
   * @param listSize how long each list that it is given may be
   * @throws FeelException if it isn't FEEL
   */
  public boolean loopsBeyond(String expression, int listSize, int most) {
    return FeelLoops.beyond(parse(expression).expression(), listSize, most);
  }

  /**
   * Evaluates an expression (without the equals sign).
   *
   * @throws FeelException if it isn't FEEL, or fails with these variables
   */
  public Result evaluate(String expression, ObjectNode variables) {
    EvaluationResult result = engine.evaluate(parse(expression), FeelValues.toContext(variables));
    if (!result.isSuccess()) {
      throw new FeelException(
          "The expression '%s' failed: %s".formatted(expression, result.failure().message()));
    }
    List<String> warnings =
        CollectionConverters.asJava(result.suppressedFailures()).stream()
            .map(EvaluationFailure::failureMessage)
            .toList();
    return new Result(FeelValues.toJson(result.result()), warnings);
  }

  private ParsedExpression parse(String expression) {
    synchronized (parsed) {
      ParsedExpression known = parsed.get(expression);
      if (known != null) {
        return known;
      }
    }
    ParseResult result = engine.parseExpression(expression);
    if (!result.isSuccess()) {
      throw new FeelException(
          "The expression '%s' is not FEEL: %s".formatted(expression, result.failure().message()));
    }
    synchronized (parsed) {
      parsed.put(expression, result.parsedExpression());
    }
    return result.parsedExpression();
  }
}
