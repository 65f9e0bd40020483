package dev.segue.plugins.menumodels;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeProblem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a change that a person may have edited, and collects what is wrong. */
final class ChangeFields {

  private final Change change;
  private final int ordinal;
  private final List<ChangeProblem> problems;

  ChangeFields(Change change, int ordinal, List<ChangeProblem> problems) {
    this.change = change;
    this.ordinal = ordinal;
    this.problems = problems;
  }

  Change change() {
    return change;
  }

  void problem(String field, String message) {
    problems.add(new ChangeProblem(ordinal, field, message));
  }

  Optional<BigDecimal> decimal(String field) {
    Optional<BigDecimal> value = decimal(change.after().get(field));
    if (value.isEmpty()) {
      problem(field, "Give a number, such as 9.50.");
    }
    return value;
  }

  Optional<LocalDate> date(String field) {
    Optional<LocalDate> value = date(change, field);
    if (value.isEmpty()) {
      problem(field, "Give a day, such as 2026-11-24.");
    }
    return value;
  }

  /** A text of a length; tells nothing if it is absent. */
  void checkText(String field, int least, int most) {
    if (!change.after().containsKey(field)) {
      return;
    }
    String value = change.after().get(field) instanceof String text ? text.strip() : "";
    if (value.length() < least) {
      problem(field, "Write a text.");
    } else if (value.length() > most) {
      problem(field, "Shorten it to " + most + " characters; it has " + value.length() + ".");
    }
  }

  /** A number as JSON brings it; empty for anything else. */
  static Optional<BigDecimal> decimal(@Nullable Object value) {
    return switch (value) {
      case BigDecimal decimal -> Optional.of(decimal);
      case BigInteger whole -> Optional.of(new BigDecimal(whole));
      case Integer whole -> Optional.of(BigDecimal.valueOf(whole));
      case Long whole -> Optional.of(BigDecimal.valueOf(whole));
      case null, default -> Optional.empty();
    };
  }

  static Optional<LocalDate> date(Change change, String field) {
    try {
      return change.after().get(field) instanceof String text
          ? Optional.of(LocalDate.parse(text))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static String text(Change change, String field) {
    return change.after().get(field) instanceof String text ? text.strip() : "";
  }
}
