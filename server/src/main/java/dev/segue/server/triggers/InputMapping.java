package dev.segue.server.triggers;

import dev.segue.sdk.Site;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.runs.RunStarter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a run begins with, worked out of the event that fired its trigger: by a FEEL expression for
 * each variable, over {@code event}, {@code trigger} and {@code site}. Thread-safe.
 */
final class InputMapping {

  private static final int MOST = 100;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  private final Expressions expressions;
  private final Function<String, Optional<Site>> sites;

  InputMapping(Expressions expressions, Function<String, Optional<Site>> sites) {
    this.expressions = expressions;
    this.sites = sites;
  }

  /**
   * What became of a mapping.
   *
   * @param variables what its expressions gave
   * @param failures of those that failed, by the variable
   */
  record Mapped(ObjectNode variables, Map<String, Expressions.Outcome.Failure> failures) {

    /** Without values of the event; empty if nothing failed. */
    List<FieldError> errors() {
      return failures.entrySet().stream()
          .map(one -> new FieldError("mapping." + one.getKey(), one.getValue().plain()))
          .toList();
    }
  }

  /**
   * Checks a mapping that somebody wrote.
   *
   * @throws ApiException 422 with the fields that make no sense
   */
  void check(ObjectNode mapping) {
    List<FieldError> errors = new ArrayList<>();
    if (mapping.size() > MOST) {
      errors.add(new FieldError("mapping", "It gives at most %d variables.".formatted(MOST)));
    }
    for (Map.Entry<String, JsonNode> one : mapping.properties()) {
      problem(one.getKey(), one.getValue())
          .ifPresent(text -> errors.add(new FieldError("mapping." + one.getKey(), text)));
    }
    if (!errors.isEmpty()) {
      throw ApiException.invalid(errors);
    }
  }

  private Optional<String> problem(String name, JsonNode expression) {
    if (name.equals(RunStarter.CONTEXT_VARIABLE)) {
      return Optional.of("This variable is Segue's own. Give yours another name.");
    }
    if (!NAME.matcher(name).matches()) {
      return Optional.of("A variable has 1 to 100 characters of a-z, A-Z, 0-9 and _.");
    }
    return expression.isString()
        ? expressions.problem(expression.asString())
        : Optional.of("Write an expression as text, such as \"event.data.amount\".");
  }

  /** Applies the mapping of a trigger to an event. */
  Mapped apply(Trigger trigger, ObjectNode event, @Nullable String siteId) {
    ObjectNode variables = Json.object();
    Map<String, Expressions.Outcome.Failure> failures = new LinkedHashMap<>();
    if (trigger.mapping().isEmpty()) {
      return new Mapped(variables, failures);
    }
    Map<String, String> written = new LinkedHashMap<>();
    trigger
        .mapping()
        .properties()
        .forEach(one -> written.put(one.getKey(), one.getValue().asString()));
    expressions
        .evaluate(written, scope(trigger, event, siteId))
        .forEach(
            (name, outcome) -> {
              switch (outcome) {
                case Expressions.Outcome.Value(JsonNode value) -> variables.set(name, value);
                case Expressions.Outcome.Failure failure -> failures.put(name, failure);
              }
            });
    return new Mapped(variables, failures);
  }

  private ObjectNode scope(Trigger trigger, ObjectNode event, @Nullable String siteId) {
    ObjectNode scope = Json.object();
    scope.set("event", event);
    ObjectNode about = scope.putObject("trigger");
    about.put("id", trigger.id());
    about.put("title", trigger.title());
    about.put("kind", trigger.kind());
    about.put("workflow", trigger.workflowId());
    about.set("variables", trigger.variables());
    if (siteId == null) {
      scope.putNull("site");
      return scope;
    }
    ObjectNode site = scope.putObject("site").put("id", siteId);
    sites
        .apply(siteId)
        .ifPresent(
            known -> {
              site.put("name", known.name());
              site.put("zone", known.zone().getId());
              site.put("currency", known.currency().getCurrencyCode());
            });
    return scope;
  }
}
