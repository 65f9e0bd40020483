package dev.segue.server.events.feed;

import dev.segue.server.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the database tells: the events of one transaction, in one or more notifications. All
 * servers get all of them in the same order, so each counts for itself and comes to the same ids.
 * For one thread.
 */
final class Wire {

  private String transaction = "";
  private int count;

  /**
   * Reads a notification. Topics of a newer version are left out.
   *
   * @throws IllegalArgumentException if it is no notification of the feed
   */
  List<LiveEvent> read(String payload) {
    JsonNode notification = parse(payload);
    String sender = notification.path("x").asString("");
    if (!sender.equals(transaction)) {
      transaction = sender;
      count = 0;
    }
    List<LiveEvent> events = new ArrayList<>();
    for (JsonNode event : notification.path("e")) {
      count++;
      Optional<Topic> topic = Topic.of(event.path("topic").asString(""));
      if (topic.isPresent()) {
        events.add(event(transaction + "." + count, topic.get(), event));
      }
    }
    return events;
  }

  private static JsonNode parse(String payload) {
    try {
      return Json.parse(payload);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not of the live feed: " + payload, e);
    }
  }

  private static LiveEvent event(String id, Topic topic, JsonNode event) {
    return new LiveEvent(
        id,
        topic,
        event.path("id").asString(""),
        text(event, "run"),
        text(event, "root"),
        text(event, "workflow"),
        text(event, "site"),
        Json.text(event));
  }

  private static @Nullable String text(JsonNode event, String name) {
    JsonNode value = event.path(name);
    return value.isString() ? value.asString() : null;
  }
}
