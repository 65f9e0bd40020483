package dev.segue.server.cli;

import java.util.Locale;

/**
 * What a check found.
 *
 * @param check what was looked at
 * @param detail what was found
 * @param mend what to do about it; empty if nothing
 */
record Diagnosis(String check, State state, String detail, String mend) {

  /** How bad it is. */
  enum State {
    OK,
    WARN,
    FAIL;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Diagnosis ok(String check, String detail) {
    return new Diagnosis(check, State.OK, detail, "");
  }

  static Diagnosis warn(String check, String detail, String mend) {
    return new Diagnosis(check, State.WARN, detail, mend);
  }

  static Diagnosis fail(String check, String detail, String mend) {
    return new Diagnosis(check, State.FAIL, detail, mend);
  }
}
