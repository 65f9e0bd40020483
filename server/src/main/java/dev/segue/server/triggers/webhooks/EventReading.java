package dev.segue.server.triggers.webhooks;

import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.triggers.Expressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Works out what a webhook's settings make of an event. Thread-safe. */
final class EventReading {

  private static final int LONGEST_BUSINESS_KEY = 200;

  private final Expressions expressions;
  private final Predicate<String> sites;

  EventReading(Expressions expressions, Predicate<String> sites) {
    this.expressions = expressions;
    this.sites = sites;
  }

  /**
   * An event and what was made of it.
   *
   * @param scope what expressions see as {@code event}
   * @param site of the run; null for none
   * @param businessKey of the run; null for none
   * @param errors why no run can start; without values of the event
   */
  record Understood(
      ObjectNode scope,
      EventKey key,
      @Nullable String site,
      @Nullable String businessKey,
      List<FieldError> errors) {

    Understood {
      errors = List.copyOf(errors);
    }

    /** The event as a run gets it that has no mapping. */
    ObjectNode event() {
      ObjectNode event = scope.deepCopy();
      event.remove("headers");
      return event;
    }
  }

  /**
   * Reads an event.
   *
   * @param headers by name in lower case
   * @param bytes of the body
   */
  Understood read(
      WebhookSettings settings, Map<String, String> headers, IncomingEvent event, byte[] bytes) {
    ObjectNode scope = event.scope(headers, settings);
    List<FieldError> errors = new ArrayList<>();
    EventKey key = key(settings, headers, event, scope, errors);
    return new Understood(
        scope,
        key == null ? EventKey.ofBody(bytes, settings.window()) : key,
        site(settings, scope, errors),
        businessKey(settings, scope, errors),
        errors);
  }

  /** Null if nothing but the body tells it apart. */
  private @Nullable EventKey key(
      WebhookSettings settings,
      Map<String, String> headers,
      IncomingEvent event,
      ObjectNode scope,
      List<FieldError> errors) {
    String written = settings.eventId();
    if (written != null) {
      JsonNode found =
          written.startsWith("/")
              ? event.body().at(JsonPointer.compile(written))
              : evaluate("eventId", written, scope, errors);
      String id = found == null ? "" : text(found);
      if (id.isEmpty() && found != null) {
        errors.add(error("eventId", "The event has no id there."));
      }
      return id.isEmpty() ? null : EventKey.ofId(id);
    }
    String header = settings.eventIdHeader();
    if (header != null) {
      String id = headers.getOrDefault(header, "");
      if (id.isEmpty()) {
        errors.add(error("eventIdHeader", "The call has no header %s.".formatted(header)));
      }
      return id.isEmpty() ? null : EventKey.ofId(id);
    }
    return usualKey(settings.scheme(), headers, event);
  }

  private static @Nullable EventKey usualKey(
      Scheme scheme, Map<String, String> headers, IncomingEvent event) {
    String signed = scheme == Scheme.STANDARD ? headers.getOrDefault("webhook-id", "") : "";
    if (!signed.isEmpty()) {
      return EventKey.ofId(signed);
    }
    if (event.cloudEvent()) {
      return EventKey.ofCloudEvent(
          event.attributes().path("source").asString(), event.attributes().path("id").asString());
    }
    String id =
        switch (scheme) {
          case GITHUB -> headers.getOrDefault("x-github-delivery", "");
          case STRIPE -> text(event.body().path("id"));
          case STANDARD, HEADER, NONE -> "";
        };
    return id.isEmpty() ? null : EventKey.ofId(id);
  }

  private @Nullable String site(
      WebhookSettings settings, ObjectNode scope, List<FieldError> errors) {
    String written = settings.siteFrom();
    String site = settings.site();
    String field = "site";
    if (written != null) {
      field = "siteFrom";
      JsonNode found = evaluate(field, written, scope, errors);
      if (found == null) {
        return null;
      }
      site = text(found);
    }
    if (site != null && !sites.test(site)) {
      errors.add(error(field, "It gives no site that there is."));
      return null;
    }
    return site;
  }

  private @Nullable String businessKey(
      WebhookSettings settings, ObjectNode scope, List<FieldError> errors) {
    String written = settings.businessKey();
    JsonNode found = written == null ? null : evaluate("businessKey", written, scope, errors);
    if (found == null) {
      return null;
    }
    String key = text(found);
    if (key.isBlank() || key.length() > LONGEST_BUSINESS_KEY) {
      errors.add(
          error(
              "businessKey",
              "It gives no text of 1 to %d characters.".formatted(LONGEST_BUSINESS_KEY)));
      return null;
    }
    return key;
  }

  /** Null if it failed, which is said among the errors. */
  private @Nullable JsonNode evaluate(
      String field, String written, ObjectNode scope, List<FieldError> errors) {
    ObjectNode around = Json.object();
    around.set("event", scope);
    return switch (expressions.evaluate(written, around)) {
      case Expressions.Outcome.Value(JsonNode value) -> value;
      case Expressions.Outcome.Failure failure -> {
        errors.add(error(field, failure.plain()));
        yield null;
      }
    };
  }

  private static String text(JsonNode node) {
    return node.isString() || node.isNumber() ? node.asString() : "";
  }

  private static FieldError error(String field, String message) {
    return new FieldError(Webhooks.KIND + "." + field, message);
  }
}
