package dev.segue.server.triggers;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.node.ObjectNode;

/** Binds what people wrote to records, and refuses keys that mean nothing. */
public final class StrictJson {

  private StrictJson() {}

  /**
   * Binds an object.
   *
   * @param under where it stands, such as {@code schedule}; empty for the whole
   * @throws ApiException 422 that names the field
   */
  public static <T extends Record> T read(ObjectNode object, Class<T> type, String under) {
    try {
      return Json.mapper()
          .readerFor(type)
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .readValue(object);
    } catch (UnrecognizedPropertyException e) {
      throw invalid(
          field(under, e),
          "There is no such key. Known are %s.".formatted(String.join(", ", keys(type, e))));
    } catch (DatabindException e) {
      throw invalid(field(under, e), firstLine(e));
    } catch (JacksonException e) {
      throw invalid(under, firstLine(e));
    }
  }

  private static ApiException invalid(String field, String message) {
    return ApiException.invalid(List.of(new FieldError(field, message)));
  }

  private static String field(String under, DatabindException e) {
    String path =
        e.getPath().stream()
            .map(
                step ->
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
            .collect(Collectors.joining());
    String whole = under + path;
    return whole.startsWith(".") ? whole.substring(1) : whole;
  }

  private static List<String> keys(Class<?> type, UnrecognizedPropertyException e) {
    if (e.getKnownPropertyIds() != null) {
      return e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
    }
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  private static String firstLine(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("It can't be read.");
  }
}
