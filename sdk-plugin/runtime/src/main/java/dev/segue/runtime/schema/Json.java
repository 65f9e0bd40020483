package dev.segue.runtime.schema;

import java.util.Map;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON text to trees and back, without rounding a number. Trees only: handing a plugin's object to
 * a mapper would tie its class loader to the mapper's caches.
 */
public final class Json {

  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final AnyCodec ANY = new AnyCodec();

  private Json() {}

  /**
   * Reads JSON text.
   *
   * @param text one JSON value
   * @return the tree, with decimals as {@code BigDecimal} in the scale in which they are written
   * @throws tools.jackson.core.JacksonException if the text is not JSON
   */
  public static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  /**
   * Writes compact JSON.
   *
   * @param node any tree
   * @return one line
   */
  public static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /**
   * Writes JSON for people.
   *
   * @param node any tree
   * @return indented lines, separated and ended by a line feed on every platform
   */
  public static String pretty(JsonNode node) {
    String text = MAPPER.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(node);
    return text.replace("\r\n", "\n") + "\n";
  }

  /**
   * Makes JSON of plain values: texts, booleans, whole numbers, {@code BigDecimal}, lists and maps
   * of these.
   *
   * @param values the fields of an object
   * @return a new object in the order of the map
   * @throws BindingException if a value is of another type
   */
  public static ObjectNode ofPlain(Map<String, ?> values) {
    Writing writing = new Writing(new Problems(), account -> "");
    JsonNode node = ANY.write(values, Path.ROOT, writing);
    writing.problems().throwIfAny("the values cannot be written as JSON");
    return node instanceof ObjectNode object ? object : object();
  }

  /**
   * Makes plain values of JSON. Fields that are null are left out.
   *
   * @param object an object
   * @return an unmodifiable map in the order of the object
   * @throws BindingException if the node is no object, or a list in it holds a null
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> toPlain(JsonNode object) {
    Reading reading = new Reading(ConnectionResolver.none());
    Object values = object.isObject() ? ANY.read(object, Path.ROOT, reading) : null;
    if (values == null) {
      reading.problem(Path.ROOT, "must be an object, but is " + Reading.found(object));
    }
    reading.problems.throwIfAny("the JSON cannot be read");
    return values == null ? Map.of() : (Map<String, Object>) values;
  }

  /**
   * Makes an empty object.
   *
   * @return a new node
   */
  public static ObjectNode object() {
    return NODES.objectNode();
  }
}
