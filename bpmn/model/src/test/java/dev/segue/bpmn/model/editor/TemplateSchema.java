package dev.segue.bpmn.model.editor;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.segue.runtime.schema.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Camunda's JSON Schema of element templates. */
final class TemplateSchema {

  private final Schema schema;

  TemplateSchema() {
    try (InputStream in =
        TemplateSchema.class.getResourceAsStream("zeebe-element-templates.schema.json")) {
      JsonNode json = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the template breaks. */
  List<String> breaches(JsonNode template) {
    return schema.validate(template).stream().map(Error::toString).toList();
  }
}
