package dev.segue.server.triggers.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts what becomes of calls, by this server. */
final class WebhookMeters {

  private final MeterRegistry registry;

  /** Why a call was not accepted. */
  enum Refusal {
    UNKNOWN,
    TYPE,
    SIZE,
    RATE,
    SIGNATURE,
    REPLAY,
    MALFORMED,
    EVENT
  }

  WebhookMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void accepted(String outcome) {
    registry.counter("segue.webhooks.accepted", "outcome", outcome).increment();
  }

  void refused(Refusal reason) {
    registry
        .counter("segue.webhooks.refused", "reason", reason.name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
