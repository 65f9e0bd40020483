package dev.segue.plugins.notify;

import java.io.IOException;

/**
 * A message may or may not have been sent. As a fault of {@code apply} it makes the host ask {@code
 * outcome}, which cannot tell either, so that a person decides and nothing is sent twice.
 */
final class DeliveryUncertainException extends IOException {

  private static final long serialVersionUID = 1L;

  DeliveryUncertainException(String message) {
    super(message);
  }
}
