package dev.segue.server.http;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One operation as the contract has it.
 *
 * @param method in upper case
 * @param path absolute, with parameters in braces
 * @param bodies what may be sent, by media type
 * @param bodyLimit the most bytes that may be sent
 * @param open whether it needs no sign-in
 * @param secretAnswer whether the answer shows a secret that must not be kept
 * @param responses the contract's node
 */
record ContractOperation(
    String id,
    String method,
    String path,
    List<Parameter> parameters,
    Map<String, BodySchema> bodies,
    boolean bodyRequired,
    long bodyLimit,
    boolean open,
    boolean secretAnswer,
    JsonNode responses) {

  /**
   * A parameter.
   *
   * @param in {@code path}, {@code query} or {@code header}
   * @param type the JSON type of its value
   * @param itemType the JSON type of an array's items
   */
  record Parameter(
      String name, String in, boolean required, String type, String itemType, BodySchema schema) {}

  ContractOperation {
    parameters = List.copyOf(parameters);
    bodies = Map.copyOf(bodies);
  }

  boolean takesBody() {
    return !bodies.isEmpty();
  }

  /** The path as Vert.x wants it. */
  String routePath() {
    return path.replaceAll("\\{([^}]+)}", ":$1");
  }

  boolean matches(String concrete) {
    String pattern = "\\Q" + path.replaceAll("\\{[^}]+}", "\\\\E[^/]+\\\\Q") + "\\E";
    return concrete.matches(pattern);
  }
}
