package dev.segue.plugins.posfiles.layout;

/** A field that cannot be read; ends the reading of its line. */
final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /** Without a stack trace: a bad file throws one per line. */
  Unreadable(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
