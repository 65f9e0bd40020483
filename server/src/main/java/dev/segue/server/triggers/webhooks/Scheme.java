package dev.segue.server.triggers.webhooks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How callers of a webhook show that they know its secret. */
enum Scheme {
  /** As Standard Webhooks has it: id, time and body are signed. */
  STANDARD,
  /** As GitHub does: the body is signed. */
  GITHUB,
  /** As Stripe does: time and body are signed. */
  STRIPE,
  /** The body is signed; the signature stands in a header that the settings name. */
  HEADER,
  /** Not at all: whoever knows the address can call. */
  NONE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Scheme> of(String label) {
    return Arrays.stream(values()).filter(scheme -> scheme.label().equals(label)).findFirst();
  }

  static String labels() {
    return Arrays.stream(values()).map(Scheme::label).collect(Collectors.joining(", "));
  }
}
