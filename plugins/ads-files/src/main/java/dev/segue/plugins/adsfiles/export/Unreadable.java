package dev.segue.plugins.adsfiles.export;

/** A field that can't be read; the message completes "line 7: …". */
final class Unreadable extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  Unreadable(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
