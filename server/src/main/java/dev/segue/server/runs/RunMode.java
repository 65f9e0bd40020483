package dev.segue.server.runs;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a run has effects. */
public enum RunMode {
  /** It applies changes and has effects. */
  LIVE,
  /** It reads and plans for real, and applies nothing. */
  SIMULATED;

  /** The name in the API and in the database. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The mode of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static RunMode of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
