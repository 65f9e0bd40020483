package dev.segue.server.triggers;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What would become of an event that somebody made up.
 *
 * @param event what the mapping sees as {@code event}
 * @param variables what the firing would bring by itself
 * @param site at which the run would be; null for none
 * @param key by which the event would be known again; null if its kind has no say
 * @param businessKey of the run; null for none
 * @param errors what could not be told of it
 */
public record EventSample(
    ObjectNode event,
    ObjectNode variables,
    @Nullable String site,
    @Nullable String key,
    @Nullable String businessKey,
    List<FieldError> errors) {

  public EventSample {
    errors = List.copyOf(errors);
  }

  /**
   * What was made up.
   *
   * @param content the event, or the body of the call that brings it
   * @param headers of that call, by name in lower case
   * @param site as the caller wants it; null to leave it to the trigger
   */
  public record Given(JsonNode content, Map<String, String> headers, @Nullable String site) {
    public Given {
      headers = Map.copyOf(headers);
    }
  }

  /**
   * The event as it was given.
   *
   * @param brought which parts of it are variables of the run
   */
  static EventSample of(Given given, Set<String> brought) {
    if (!(given.content() instanceof ObjectNode event)) {
      throw ApiException.invalid("event", "This must be an object.");
    }
    ObjectNode variables = Json.object();
    brought.stream().filter(event::has).forEach(name -> variables.set(name, event.get(name)));
    return new EventSample(event, variables, given.site(), null, null, List.of());
  }
}
