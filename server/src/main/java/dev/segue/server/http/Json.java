package dev.segue.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.ValueNode;

/**
 * How the API writes and reads JSON: times as ISO 8601, decimals exactly, what is null left out. In
 * trees, numbers have at most {@value #MOST_PLACES} places before or after the point.
 */
public final class Json {

  private static final int MOST_PLACES = 1000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .nodeFactory(new BoundedNumbers())
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  /** Ten letters can stand for a number of a billion digits, which would be written out later. */
  private static final class BoundedNumbers extends JsonNodeFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueNode numberNode(@Nullable BigDecimal number) {
      if (number != null && Math.abs((long) number.scale()) > MOST_PLACES) {
        throw new StreamReadException(
            null, "a number has an exponent beyond %d".formatted(MOST_PLACES));
      }
      return super.numberNode(number);
    }
  }

  private Json() {}

  /** The mapper behind it all; it can't be changed. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** A new, empty object. */
  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A new, empty array. */
  public static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /** The tree of a value: a record, a map, a list… */
  public static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /** The text of a value or tree. */
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /**
   * Parses JSON that Segue itself wrote.
   *
   * @throws JacksonException if it is not JSON
   */
  public static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  /**
   * Parses JSON that a caller sent.
   *
   * @throws ApiException 400 with the place if it is not JSON
   */
  static JsonNode parseSent(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw ApiException.badRequest(
          "The body is not JSON (line %d, column %d): %s"
              .formatted(
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 1 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    }
  }

  /**
   * Binds a tree that a caller sent to a record.
   *
   * @throws ApiException 422 that names the field, if it doesn't fit
   */
  static <T> T bind(JsonNode tree, Class<T> type) {
    try {
      return MAPPER.treeToValue(tree, type);
    } catch (DatabindException e) {
      String field =
          e.getPath().stream()
              .map(
                  part ->
                      part.getPropertyName() == null
                          ? "" + part.getIndex()
                          : part.getPropertyName())
              .collect(Collectors.joining("."));
      throw ApiException.invalid(field.isEmpty() ? "body" : field, e.getOriginalMessage());
    }
  }
}
