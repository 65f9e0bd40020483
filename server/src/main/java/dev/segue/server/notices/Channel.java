package dev.segue.server.notices;

import java.util.Locale;

/** The ways in which a notice goes. */
enum Channel {
  /** To a person's own address. */
  EMAIL,
  /** Into a channel, once for all. */
  CHAT;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Channel of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
