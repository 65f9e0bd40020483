package dev.segue.runtime.schema;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Values that an annotation has to write as text. */
final class FieldText {

  private FieldText() {}

  /** Plain text for whatever JSON holds as a string, JSON for everything else. */
  static JsonNode toJson(String text, Codec codec) {
    if (codec.isText()) {
      return Json.NODES.stringNode(text);
    }
    try {
      return Json.parse(text);
    } catch (JacksonException e) {
      return Json.NODES.stringNode(text);
    }
  }
}
