package dev.segue.server.data;

import dev.segue.sdk.Site.Hours;
import dev.segue.server.http.Json;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Opening hours as JSON: {@code {"monday": [{"opens": "09:00", "closes": "17:30"}]}}. */
final class OpeningHours {

  private OpeningHours() {}

  static Map<DayOfWeek, List<Hours>> read(JsonNode json) {
    Map<DayOfWeek, List<Hours>> hours = new EnumMap<>(DayOfWeek.class);
    json.propertyStream()
        .forEach(
            day -> {
              List<Hours> spans = readDay(day.getValue());
              hours.put(DayOfWeek.valueOf(day.getKey().toUpperCase(Locale.ROOT)), spans);
            });
    return hours;
  }

  /** The spans of one day. */
  static List<Hours> readDay(JsonNode day) {
    List<Hours> spans = new ArrayList<>();
    for (JsonNode span : day) {
      spans.add(
          new Hours(
              LocalTime.parse(span.path("opens").asString()),
              LocalTime.parse(span.path("closes").asString())));
    }
    return spans;
  }

  static ObjectNode write(Map<DayOfWeek, List<Hours>> hours) {
    ObjectNode json = Json.object();
    for (DayOfWeek day : DayOfWeek.values()) {
      List<Hours> spans = hours.getOrDefault(day, List.of());
      if (!spans.isEmpty()) {
        json.set(day.name().toLowerCase(Locale.ROOT), writeDay(spans));
      }
    }
    return json;
  }

  static ArrayNode writeDay(List<Hours> spans) {
    ArrayNode array = Json.array();
    for (Hours span : spans) {
      array.addObject().put("opens", text(span.opens())).put("closes", text(span.closes()));
    }
    return array;
  }

  static String text(LocalTime time) {
    return "%02d:%02d".formatted(time.getHour(), time.getMinute());
  }
}
