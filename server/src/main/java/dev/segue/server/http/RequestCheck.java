package dev.segue.server.http;

import dev.segue.server.http.ApiRequest.Body;
import dev.segue.server.http.ApiRequest.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Holds a request against the contract. */
final class RequestCheck {

  private RequestCheck() {}

  /**
   * Checks the parameters.
   *
   * @throws ApiException 400 that names all that are wrong
   */
  static void checkParameters(ContractOperation operation, Params params) {
    List<FieldError> errors = new ArrayList<>();
    for (ContractOperation.Parameter parameter : operation.parameters()) {
      List<String> values = values(parameter, params);
      if (values.isEmpty()) {
        if (parameter.required()) {
          errors.add(new FieldError(parameter.name(), "is required"));
        }
      } else {
        parameter.schema().check(typed(parameter, values)).stream()
            .map(error -> new FieldError(parameter.name(), error.message()))
            .forEach(errors::add);
      }
    }
    for (String name : params.query().keySet()) {
      if (operation.parameters().stream().noneMatch(known -> isQuery(known, name))) {
        errors.add(new FieldError(name, "is not a parameter of this operation"));
      }
    }
    if (!errors.isEmpty()) {
      throw new ApiException(broken("The parameters break the contract; see errors.", errors));
    }
  }

  /**
   * Finds out which of the operation's media types was sent.
   *
   * @return empty if there is no body and none is required
   * @throws ApiException 415 for another media type, 400 for a missing body
   */
  static Optional<String> mediaType(
      ContractOperation operation, @Nullable String contentType, boolean hasBody) {
    if (!hasBody) {
      if (operation.bodyRequired()) {
        throw ApiException.badRequest(
            "%s needs a body: %s."
                .formatted(operation.id(), String.join(" or ", operation.bodies().keySet())));
      }
      return Optional.empty();
    }
    String bare =
        contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!operation.bodies().containsKey(bare)) {
      throw ApiException.of(
          415,
          "media-type",
          "Unsupported media type",
          "%s takes %s, not %s."
              .formatted(
                  operation.id(),
                  String.join(" or ", operation.bodies().keySet()),
                  bare.isEmpty() ? "a body without Content-Type" : bare));
    }
    return Optional.of(bare);
  }

  /**
   * Parses and checks a JSON body.
   *
   * @throws ApiException 400 that names all that is wrong
   */
  static Body.Json json(ContractOperation operation, byte[] bytes) {
    JsonNode value = Json.parseSent(bytes);
    BodySchema schema = operation.bodies().get("application/json");
    List<FieldError> errors = schema == null ? List.of() : schema.check(value);
    if (!errors.isEmpty()) {
      throw new ApiException(broken("The body breaks the contract; see errors.", errors));
    }
    return new Body.Json(value);
  }

  private static Problem broken(String detail, List<FieldError> errors) {
    return Problem.of(400, "bad-request", "Bad request", detail).withErrors(errors);
  }

  private static boolean isQuery(ContractOperation.Parameter parameter, String name) {
    return parameter.in().equals("query") && parameter.name().equals(name);
  }

  private static List<String> values(ContractOperation.Parameter parameter, Params params) {
    return switch (parameter.in()) {
      case "path" -> oneOrNone(params.path().get(parameter.name()));
      case "header" -> oneOrNone(params.headers().get(parameter.name().toLowerCase(Locale.ROOT)));
      default -> params.query().getOrDefault(parameter.name(), List.of());
    };
  }

  private static List<String> oneOrNone(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static JsonNode typed(ContractOperation.Parameter parameter, List<String> values) {
    if (!parameter.type().equals("array")) {
      return scalar(parameter.type(), values.getLast());
    }
    ArrayNode array = Json.array();
    values.forEach(value -> array.add(scalar(parameter.itemType(), value)));
    return array;
  }

  /** The value as its type; text that is none stays text, which the schema then refuses. */
  private static JsonNode scalar(String type, String text) {
    boolean literal =
        switch (type) {
          case "integer" -> text.matches("-?\\d{1,18}");
          case "number" -> text.matches("-?\\d{1,18}(\\.\\d{1,18})?");
          case "boolean" -> text.equals("true") || text.equals("false");
          default -> false;
        };
    return literal ? Json.parse(text.replaceFirst("^(-?)0+(?=\\d)", "$1")) : Json.tree(text);
  }
}
