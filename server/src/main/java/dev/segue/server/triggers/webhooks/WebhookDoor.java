package dev.segue.server.triggers.webhooks;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Problem;
import dev.segue.server.storage.Database;
import dev.segue.server.triggers.Decided;
import dev.segue.server.triggers.Trigger;
import dev.segue.server.triggers.Triggers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where other systems call. Until a call's signature was seen to hold, nothing is written and
 * nothing of the body is understood; what doesn't hold isn't told apart. Thread-safe.
 */
final class WebhookDoor {

  private static final int UNKNOWN_PER_MINUTE = 60;
  private static final String HOOK = "hook";

  private final Database database;
  private final Triggers triggers;
  private final WebhookSecrets secrets;
  private final EventReading reading;
  private final EventIntake intake;
  private final WebhookMeters meters;
  private final InstantSource clock;
  private final RateLimits limits = new RateLimits();

  WebhookDoor(
      Database database,
      Triggers triggers,
      WebhookSecrets secrets,
      EventReading reading,
      EventIntake intake,
      WebhookMeters meters,
      InstantSource clock) {
    this.database = database;
    this.triggers = triggers;
    this.secrets = secrets;
    this.reading = reading;
    this.intake = intake;
    this.meters = meters;
    this.clock = clock;
  }

  Operation operation() {
    return Operation.gated("receiveWebhook", this::admit, this::receive);
  }

  private record Answer(
      String firing, String outcome, @Nullable UUID run, @Nullable Boolean repeated) {}

  private int admit(Operation.Head head) {
    String id = head.path().getOrDefault(HOOK, "");
    Optional<Trigger> trigger = find(id);
    if (trigger.isEmpty()) {
      limit("? " + head.address(), UNKNOWN_PER_MINUTE);
      throw unknown(id);
    }
    WebhookSettings settings = WebhookSettings.read(trigger.get().settings());
    // By address, so that somebody without the secret can't use up what others may send.
    limit(id + " " + head.address(), settings.rateLimit());
    requireReadable(head.headers());
    String length = head.headers().get("content-length");
    if (length != null && Long.parseLong(length) > settings.bodyLimit()) {
      meters.refused(WebhookMeters.Refusal.SIZE);
      throw ApiException.tooLarge(
          "This webhook takes bodies of up to %,d bytes, and this one has %s. Send a reference to what is large."
              .formatted(settings.bodyLimit(), length));
    }
    return settings.bodyLimit();
  }

  private void requireReadable(Map<String, String> headers) {
    try {
      IncomingEvent.requireJson(headers.getOrDefault("content-type", ""));
      if (!headers.getOrDefault("content-encoding", "identity").equals("identity")) {
        throw IncomingEvent.wrongType("A webhook takes bodies that aren't compressed.");
      }
    } catch (ApiException e) {
      meters.refused(WebhookMeters.Refusal.TYPE);
      throw e;
    }
  }

  private void limit(String what, int perMinute) {
    Duration wait = limits.take(what, perMinute, clock.instant());
    if (!wait.isZero()) {
      meters.refused(WebhookMeters.Refusal.RATE);
      throw ApiException.tooMany(
          "This webhook is called too often: %d calls within a minute are taken."
              .formatted(perMinute),
          wait);
    }
  }

  private ApiResponse receive(ApiRequest request) {
    String id = request.path(HOOK);
    Trigger trigger = find(id).orElseThrow(() -> unknown(id));
    WebhookSettings settings = WebhookSettings.read(trigger.settings());
    Map<String, String> headers = request.params().headers();
    byte[] body = request.bytes();
    requireSigned(trigger, settings, headers, body);
    limit(id, settings.rateLimit());
    EventReading.Understood event = understand(settings, headers, body);
    EventIntake.Taken taken = intake.take(trigger, event);
    return answer(taken);
  }

  private void requireSigned(
      Trigger trigger, WebhookSettings settings, Map<String, String> headers, byte[] body) {
    Instant now = clock.instant();
    Collection<String> known = secrets.open(database.jooq(), trigger.id(), now);
    WebhookMeters.Refusal refusal =
        switch (Signatures.judge(settings, known, headers, body, now)) {
          case GOOD -> null;
          case BAD -> WebhookMeters.Refusal.SIGNATURE;
          case STALE -> WebhookMeters.Refusal.REPLAY;
        };
    if (refusal != null) {
      meters.refused(refusal);
      throw new ApiException(
          Problem.of(
              401,
              "signature",
              "Not accepted",
              "The call isn't signed as this webhook asks for, or not within its time. Check the secret, the scheme and the clock."));
    }
  }

  private EventReading.Understood understand(
      WebhookSettings settings, Map<String, String> headers, byte[] body) {
    try {
      IncomingEvent event = IncomingEvent.read(headers, body, clock.instant());
      return reading.read(settings, headers, event, body);
    } catch (ApiException e) {
      if (e.problem().status() == 400) {
        meters.refused(WebhookMeters.Refusal.MALFORMED);
      }
      throw e;
    }
  }

  private ApiResponse answer(EventIntake.Taken taken) {
    Decided decided = taken.decided();
    if (decided.outcome() == Decided.Outcome.REFUSED) {
      meters.refused(WebhookMeters.Refusal.EVENT);
      throw ApiException.invalid(
          "No run can start with this event. The trigger's firings say why, under %s."
              .formatted(taken.firing()));
    }
    String outcome = decided.outcome().name().toLowerCase(Locale.ROOT);
    meters.accepted(taken.repeated() ? "repeated" : outcome);
    return ApiResponse.accepted(
        new Answer(
            taken.firing(),
            outcome,
            decided.outcome() == Decided.Outcome.STARTED ? decided.runId() : null,
            taken.repeated() ? true : null));
  }

  private Optional<Trigger> find(String id) {
    return triggers
        .find(database.jooq(), id)
        .filter(trigger -> trigger.kind().equals(Webhooks.KIND));
  }

  private ApiException unknown(String id) {
    meters.refused(WebhookMeters.Refusal.UNKNOWN);
    return ApiException.notFound("webhook", id);
  }
}
