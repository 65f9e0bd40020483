package dev.segue.plugins.notify;

import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.RetryLater;

/** Tells the host what became of a change that is one message. */
final class Deliveries {

  private Deliveries() {}

  /**
   * Turns a delivery into an outcome.
   *
   * @throws RetryLater only if nothing was sent
   * @throws DeliveryUncertainException if nobody knows
   */
  static ChangeOutcome toOutcome(Delivery delivery) throws DeliveryUncertainException {
    return switch (delivery) {
      case Delivery.Sent sent -> new ChangeOutcome.Applied(sent.reference());
      case Delivery.Refused refused -> new ChangeOutcome.Refused(refused.reason());
      case Delivery.NotSent not -> throw new RetryLater(not.retryAfter(), not.reason());
      case Delivery.Uncertain perhaps -> throw new DeliveryUncertainException(perhaps.reason());
    };
  }
}
