package dev.segue.plugins.posfiles;

import dev.segue.sdk.Field;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Something odd in the sales.
 *
 * @param kind what sort of thing
 * @param severity how bad
 * @param day the business day, if it is about one
 * @param count how many days, lines or orders
 * @param message what, in words
 */
record Finding(
    @Field(title = "Kind") Kind kind,
    @Field(title = "Severity") Severity severity,
    @Field(title = "Business day") Optional<LocalDate> day,
    @Field(title = "How many", min = 0) long count,
    @Field(title = "Message") String message) {

  enum Kind {
    NO_SALES,
    GAP,
    FUTURE,
    NEGATIVE_PRICE,
    DUPLICATES,
    DROP
  }

  /** In rising order. */
  enum Severity {
    INFO,
    WARNING,
    ERROR
  }

  static Finding of(Kind kind, Severity severity, long count, String message) {
    return new Finding(kind, severity, Optional.empty(), count, message);
  }

  static Finding of(Kind kind, Severity severity, LocalDate day, long count, String message) {
    return new Finding(kind, severity, Optional.of(day), count, message);
  }
}
