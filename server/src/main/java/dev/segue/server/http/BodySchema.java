package dev.segue.server.http;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A schema of the contract. */
final class BodySchema {

  private final Schema schema;

  BodySchema(Schema schema) {
    this.schema = schema;
  }

  /** What is wrong with a value; empty if nothing is. Fields are named by their path. */
  List<FieldError> check(JsonNode value) {
    return schema.validate(value).stream().map(BodySchema::fieldError).toList();
  }

  private static FieldError fieldError(Error error) {
    String path = error.getInstanceLocation().toString();
    String field = path.startsWith("/") ? path.substring(1).replace('/', '.') : path;
    String property = error.getProperty();
    if (property != null && !property.isEmpty()) {
      field = field.isEmpty() ? property : field + "." + property;
    }
    return new FieldError(field.isEmpty() ? "body" : field, error.getMessage());
  }
}
