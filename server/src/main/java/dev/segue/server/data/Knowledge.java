package dev.segue.server.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a run that looks at an earlier time counts as known then. */
public enum Knowledge {
  /** What had been recorded by then, to the second. */
  RECORDED("recorded"),
  /**
   * Besides, what tells of a time before, however late it was recorded, as after a first import.
   */
  BUSINESS_DAY("business-day");

  private final String label;

  Knowledge(String label) {
    this.label = label;
  }

  /** The name in the API and the database. */
  @JsonValue
  public String label() {
    return label;
  }

  /**
   * Finds it by its label.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Knowledge of(String label) {
    return Arrays.stream(values())
        .filter(one -> one.label.equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no knowledge is called " + label));
  }
}
