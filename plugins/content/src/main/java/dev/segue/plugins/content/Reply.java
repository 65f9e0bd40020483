package dev.segue.plugins.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Reads a model's answer. */
final class Reply {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Reply() {}

  /**
   * Finds the texts.
   *
   * @param answer JSON, perhaps with words or a code fence around it
   * @return the texts; empty if there is no object with all of them
   */
  static Optional<Texts> texts(String answer) {
    int from = answer.indexOf('{');
    int to = answer.lastIndexOf('}');
    if (from < 0 || to < from) {
      return Optional.empty();
    }
    try {
      JsonNode json = JSON.readTree(answer.substring(from, to + 1));
      boolean whole =
          json.path("subject").isTextual()
              && json.path("body").isTextual()
              && json.path("sms").isTextual()
              && json.path("social").isTextual();
      return whole
          ? Optional.of(
              new Texts(
                  text(json, "subject"),
                  text(json, "body"),
                  text(json, "sms"),
                  text(json, "social")))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).textValue().replace("\r\n", "\n").strip();
  }
}
