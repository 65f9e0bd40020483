package dev.segue.server.forms;

import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a Camunda form asks of values, for values that come from elsewhere: the rules that the form
 * itself holds people to. Fields that are disabled, or in lists that grow, are left alone; those
 * that are only shown at times may be missing. Defaults are not filled in.
 */
public final class FormRules {

  private static final Set<String> TEXTS = Set.of("textfield", "textarea");
  private static final Set<String> ONE_OF = Set.of("select", "radio");
  private static final Set<String> SOME_OF = Set.of("checklist", "taglist");
  private static final int LONGEST_MATCHED = 10_000;

  private final List<Field> fields;

  /** No form: everything fits. */
  public static final FormRules NONE = new FormRules(List.of());

  private record Field(String key, boolean sometimes, JsonNode component) {

    String type() {
      return component.path("type").asString("");
    }

    JsonNode rule(String name) {
      return component.path("validate").path(name);
    }

    FieldError error(String message) {
      String label = component.path("label").asString("");
      return new FieldError(
          key,
          label.isEmpty()
              ? "The start form says of it: %s".formatted(message)
              : "The start form says of \"%s\": %s".formatted(label, message));
    }
  }

  private FormRules(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /** Reads the rules of a form. */
  public static FormRules of(JsonNode form) {
    List<Field> fields = new ArrayList<>();
    collect(form.path("components"), "", false, fields);
    return new FormRules(fields);
  }

  private static void collect(
      JsonNode components, String under, boolean sometimes, List<Field> fields) {
    for (JsonNode component : components) {
      boolean hidden = sometimes || component.path("conditional").has("hide");
      boolean disabled = component.path("disabled").asBoolean(false);
      String key = component.path("key").asString("");
      String path = component.path("path").asString("");
      if (component.path("type").asString("").equals("group")) {
        collect(component.path("components"), join(under, path), hidden, fields);
      } else if (!key.isEmpty() && !disabled) {
        fields.add(new Field(join(under, key), hidden, component));
      }
    }
  }

  private static String join(String under, String name) {
    return under.isEmpty() || name.isEmpty() ? under + name : under + "." + name;
  }

  /**
   * Holds values against the form.
   *
   * @param later whether a variable's value isn't known yet, so that it isn't missed
   * @return what doesn't fit, by the field's key
   */
  public List<FieldError> problems(ObjectNode variables, Predicate<String> later) {
    List<FieldError> problems = new ArrayList<>();
    for (Field field : fields) {
      if (!later.test(field.key().split("\\.", 2)[0])) {
        JsonNode value = variables;
        for (String part : field.key().split("\\.", -1)) {
          value = value.path(part);
        }
        problem(field, value).ifPresent(text -> problems.add(field.error(text)));
      }
    }
    return problems;
  }

  /** What doesn't fit of what a run is to begin with, by the place in the request. */
  public List<FieldError> problems(ObjectNode variables) {
    return ofVariables(problems(variables, name -> false));
  }

  /** Problems by the place in a request that has the values under {@code variables}. */
  public static List<FieldError> ofVariables(List<FieldError> problems) {
    return problems.stream()
        .map(problem -> new FieldError("variables." + problem.field(), problem.message()))
        .toList();
  }

  private static Optional<String> problem(Field field, JsonNode value) {
    if (isMissing(field, value)) {
      return field.rule("required").asBoolean(false) && !field.sometimes()
          ? Optional.of("it is needed.")
          : Optional.empty();
    }
    String type = field.type();
    if (TEXTS.contains(type)) {
      return text(field, value);
    }
    if (type.equals("number")) {
      return number(field, value);
    }
    if (type.equals("checkbox")) {
      return value.isBoolean() ? Optional.empty() : Optional.of("it is true or false.");
    }
    if (ONE_OF.contains(type)) {
      return choice(field, value);
    }
    if (SOME_OF.contains(type)) {
      return value.isArray()
          ? value.valueStream().flatMap(one -> choice(field, one).stream()).findFirst()
          : Optional.of("it is a list.");
    }
    return Optional.empty();
  }

  private static boolean isMissing(Field field, JsonNode value) {
    return value.isMissingNode()
        || value.isNull()
        || (value.isString() && value.asString().isBlank())
        || (value.isArray() && value.isEmpty())
        || (field.type().equals("checkbox") && value.isBoolean() && !value.asBoolean());
  }

  private static Optional<String> text(Field field, JsonNode value) {
    if (!value.isString()) {
      return Optional.of("it is a text.");
    }
    String text = value.asString();
    JsonNode least = field.rule("minLength");
    JsonNode most = field.rule("maxLength");
    if (least.isInt() && text.length() < least.asInt()) {
      return Optional.of("it has at least %d characters.".formatted(least.asInt()));
    }
    if (most.isInt() && text.length() > most.asInt()) {
      return Optional.of("it has at most %d characters.".formatted(most.asInt()));
    }
    Pattern pattern = pattern(field.rule("pattern"));
    return pattern == null || text.length() > LONGEST_MATCHED || pattern.matcher(text).find()
        ? Optional.empty()
        : Optional.of("it has the form %s.".formatted(pattern));
  }

  /** Browsers know patterns that Java doesn't; those are left to them. */
  private static @Nullable Pattern pattern(JsonNode rule) {
    try {
      return rule.isString() && !rule.asString().isEmpty()
          ? Pattern.compile(rule.asString())
          : null;
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static Optional<String> number(Field field, JsonNode value) {
    BigDecimal number = numberOf(field, value);
    if (number == null) {
      return Optional.of("it is a number.");
    }
    JsonNode least = field.rule("min");
    JsonNode most = field.rule("max");
    if (least.isNumber() && number.compareTo(least.decimalValue()) < 0) {
      return Optional.of("it is at least %s.".formatted(least.decimalValue().toPlainString()));
    }
    if (most.isNumber() && number.compareTo(most.decimalValue()) > 0) {
      return Optional.of("it is at most %s.".formatted(most.decimalValue().toPlainString()));
    }
    return Optional.empty();
  }

  private static @Nullable BigDecimal numberOf(Field field, JsonNode value) {
    if (value.isNumber()) {
      return value.decimalValue();
    }
    boolean asText = field.component().path("serializeToString").asBoolean(false);
    try {
      return asText && value.isString() ? new BigDecimal(value.asString()) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Choices that are only known while the form is shown are left to it. */
  private static Optional<String> choice(Field field, JsonNode value) {
    JsonNode values = field.component().path("values");
    if (!values.isArray()) {
      return Optional.empty();
    }
    Set<JsonNode> known = new HashSet<>();
    values.forEach(one -> known.add(one.path("value")));
    return known.contains(value)
        ? Optional.empty()
        : Optional.of("it is one of %s.".formatted(Json.text(known)));
  }
}
