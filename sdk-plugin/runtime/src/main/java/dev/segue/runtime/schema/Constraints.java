package dev.segue.runtime.schema;

import dev.segue.sdk.Field;
import dev.segue.sdk.Money;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@link Field} demands of a value beyond its type; checked when reading and when writing. */
record Constraints(
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    int minLength,
    int maxLength,
    @Nullable Pattern pattern,
    List<String> choices) {

  private static final Constraints NONE =
      new Constraints(null, null, 0, Integer.MAX_VALUE, null, List.of());

  static Constraints of(@Nullable Field field, Class<?> type, Consumer<String> problem) {
    if (field == null) {
      return NONE;
    }
    boolean text = type == String.class;
    refuse(
        !isNumeric(type) && (Double.isFinite(field.min()) || Double.isFinite(field.max())),
        "has min or max, which only numbers and Money can have",
        problem);
    refuse(
        !text
            && !Collection.class.isAssignableFrom(type)
            && (field.minLength() > 0 || field.maxLength() < Integer.MAX_VALUE),
        "has minLength or maxLength, which only texts and lists can have",
        problem);
    refuse(
        !text && (!field.pattern().isEmpty() || field.choices().length > 0),
        "has a pattern or choices, which only a text can have; use an enum for other choices",
        problem);
    refuse(field.min() > field.max(), "has a min above its max", problem);
    refuse(field.minLength() > field.maxLength(), "has a minLength above its maxLength", problem);
    return new Constraints(
        limit(field.min()),
        limit(field.max()),
        field.minLength(),
        field.maxLength(),
        pattern(field.pattern(), problem),
        List.of(field.choices()));
  }

  private static void refuse(boolean broken, String message, Consumer<String> problem) {
    if (broken) {
      problem.accept(message);
    }
  }

  private static boolean isNumeric(Class<?> type) {
    return type == Money.class
        || Number.class.isAssignableFrom(type)
        || (type.isPrimitive() && type != boolean.class && type != char.class);
  }

  private static @Nullable BigDecimal limit(double value) {
    return Double.isFinite(value) ? BigDecimal.valueOf(value).stripTrailingZeros() : null;
  }

  private static @Nullable Pattern pattern(String text, Consumer<String> problem) {
    try {
      return text.isEmpty() ? null : Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      problem.accept("has a pattern that is not a regular expression: " + e.getDescription());
      return null;
    }
  }

  /** Adds the keywords; the limits of Money go to its amount. */
  void describe(ObjectNode schema) {
    boolean list = schema.has("items");
    ObjectNode number =
        schema.path("properties").get("amount") instanceof ObjectNode amount ? amount : schema;
    if (min != null) {
      number.put("minimum", min);
    }
    if (max != null) {
      number.put("maximum", max);
    }
    if (minLength > 0) {
      schema.put(list ? "minItems" : "minLength", minLength);
    }
    if (maxLength < Integer.MAX_VALUE) {
      schema.put(list ? "maxItems" : "maxLength", maxLength);
    }
    if (pattern != null) {
      schema.put("pattern", "^(?:" + pattern.pattern() + ")$");
    }
    if (!choices.isEmpty()) {
      ArrayNode allowed = schema.putArray("enum");
      choices.forEach(allowed::add);
    }
  }

  /** Reports what a value breaks. */
  void check(Object value, Consumer<String> problem) {
    switch (value) {
      case String text -> checkText(text, problem);
      case Money money -> checkNumber(money.amount(), problem);
      case Number number -> checkNumber(number, problem);
      case Collection<?> list -> checkSize(list.size(), problem);
      default -> {}
    }
  }

  private void checkText(String text, Consumer<String> problem) {
    int length = text.codePointCount(0, text.length());
    if (length < minLength) {
      problem.accept(
          length == 0
              ? "is empty; give it a text"
              : "has " + length + " characters; it needs at least " + minLength);
    }
    if (length > maxLength) {
      problem.accept("has " + length + " characters; at most " + maxLength + " are allowed");
    }
    if (pattern != null && !pattern.matcher(text).matches()) {
      problem.accept(
          "is \"" + Reading.shortened(text) + "\", which doesn't match " + pattern.pattern());
    }
    if (!choices.isEmpty() && !choices.contains(text)) {
      problem.accept(
          "is \"" + Reading.shortened(text) + "\"; allowed are " + String.join(", ", choices));
    }
  }

  private void checkNumber(Number number, Consumer<String> problem) {
    if (min == null && max == null) {
      return;
    }
    BigDecimal value =
        number instanceof BigDecimal decimal ? decimal : new BigDecimal(number.toString());
    if (min != null && value.compareTo(min) < 0) {
      problem.accept("is " + number + "; it must be at least " + min.toPlainString());
    }
    if (max != null && value.compareTo(max) > 0) {
      problem.accept("is " + number + "; it must be at most " + max.toPlainString());
    }
  }

  private void checkSize(int size, Consumer<String> problem) {
    if (size < minLength) {
      problem.accept("has " + size + " elements; it needs at least " + minLength);
    }
    if (size > maxLength) {
      problem.accept("has " + size + " elements; at most " + maxLength + " are allowed");
    }
  }
}
