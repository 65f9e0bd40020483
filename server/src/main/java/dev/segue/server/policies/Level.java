package dev.segue.server.policies;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** How far changes may go without a person. */
enum Level {
  /** They are shown and never applied. */
  SUGGEST,
  /** A person decides. */
  APPROVE,
  /** Within limits they are approved without a person. */
  AUTOMATIC;

  /** The word of the API and the database. */
  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static Level of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The next one down; empty for the lowest. */
  Optional<Level> below() {
    return ordinal() == 0 ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
  }
}
