package dev.segue.server.http;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The OpenAPI document: which operations there are and what their requests must look like. The
 * router is made from it, so what it doesn't name doesn't exist.
 */
public final class Contract {

  private static final String RESOURCE = "/openapi/segue.yaml";
  private static final String IRI = "https://segue.dev/openapi/segue.json";
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
  private static final int JSON_LIMIT = 1 << 20;

  private final byte[] source;
  private final ObjectNode document;
  private final SchemaRegistry schemas;
  private final String basePath;
  private final Map<String, ContractOperation> operations = new LinkedHashMap<>();

  private Contract(byte[] source) {
    this.source = source;
    this.document = (ObjectNode) new YAMLMapper().readTree(source);
    this.schemas =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemas(Map.of(IRI, document.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
    this.basePath = document.at("/servers/0/url").asString();
    document
        .path("paths")
        .propertyStream()
        .forEach(path -> readPath(path.getKey(), path.getValue()));
  }

  /**
   * Reads the contract that is part of this program.
   *
   * @throws IllegalStateException if it contradicts itself
   */
  public static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The contract " + RESOURCE + " is not on the class path.");
      }
      return new Contract(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What paths begin with unless they name a server of their own: {@code /api/v1}. */
  public String basePath() {
    return basePath;
  }

  /** The document as it was written, in YAML. */
  public byte[] source() {
    return source.clone();
  }

  /** All operation ids. */
  public Set<String> operationIds() {
    return new TreeSet<>(operations.keySet());
  }

  /** The operation that a method at a concrete path calls. */
  public Optional<String> operationId(String method, String path) {
    return operations.values().stream()
        .filter(operation -> operation.method().equals(method) && operation.matches(path))
        .map(ContractOperation::id)
        .findFirst();
  }

  /** All operations as method and path, parameters in braces, such as {@code GET /api/v1/runs}. */
  public Set<String> endpoints() {
    return operations.values().stream()
        .map(operation -> operation.method() + " " + operation.path())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Collection<ContractOperation> operations() {
    return operations.values();
  }

  Optional<ContractOperation> operation(String id) {
    return Optional.ofNullable(operations.get(id));
  }

  /** The methods that a concrete path answers to, in upper case. */
  Set<String> methodsOf(String path) {
    Set<String> methods = new TreeSet<>();
    for (ContractOperation operation : operations.values()) {
      if (operation.matches(path)) {
        methods.add(operation.method());
      }
    }
    return methods;
  }

  /**
   * What is wrong with an answer's JSON, judged by the contract.
   *
   * @return empty if nothing is
   */
  public List<FieldError> checkAnswer(String operationId, int status, JsonNode answer) {
    ContractOperation operation = operations.get(operationId);
    if (operation == null) {
      throw new IllegalArgumentException("no operation " + operationId);
    }
    JsonNode response = resolve(operation.responses().path(Integer.toString(status)));
    JsonNode schema = response.at("/content/application~1json/schema");
    return schema.isMissingNode() ? List.of() : schema(schema).check(answer);
  }

  private void readPath(String path, JsonNode item) {
    String base = item.at("/servers/0/url").asString(basePath);
    String absolute = base.equals("/") ? path : base + path;
    for (Map.Entry<String, JsonNode> entry : item.properties()) {
      if (METHODS.contains(entry.getKey())) {
        List<JsonNode> parameters = new ArrayList<>();
        item.path("parameters").forEach(parameters::add);
        entry.getValue().path("parameters").forEach(parameters::add);
        ContractOperation operation =
            readOperation(entry.getKey(), absolute, entry.getValue(), parameters);
        if (operations.put(operation.id(), operation) != null) {
          throw new IllegalStateException("Two operations are called " + operation.id() + ".");
        }
      }
    }
  }

  private ContractOperation readOperation(
      String method, String path, JsonNode operation, List<JsonNode> parameters) {
    String id = operation.path("operationId").asString();
    Map<String, BodySchema> bodies = new LinkedHashMap<>();
    JsonNode requestBody = resolve(operation.path("requestBody"));
    requestBody
        .path("content")
        .propertyStream()
        .forEach(
            content -> bodies.put(content.getKey(), schema(content.getValue().path("schema"))));
    return new ContractOperation(
        id,
        method.toUpperCase(Locale.ROOT),
        path,
        parameters.stream().map(this::resolve).map(this::parameter).toList(),
        bodies,
        requestBody.path("required").asBoolean(false),
        operation.path("x-segue-body-limit").asLong(JSON_LIMIT),
        operation.path("security").isArray() && operation.path("security").isEmpty(),
        operation.path("x-segue-secret-answer").asBoolean(false),
        operation.path("responses"));
  }

  private ContractOperation.Parameter parameter(JsonNode node) {
    JsonNode schema = resolve(node.path("schema"));
    return new ContractOperation.Parameter(
        node.path("name").asString(),
        node.path("in").asString(),
        node.path("required").asBoolean(false),
        schema.path("type").asString("string"),
        resolve(schema.path("items")).path("type").asString("string"),
        schema(schema));
  }

  private JsonNode resolve(JsonNode node) {
    JsonNode ref = node.path("$ref");
    if (ref.isMissingNode()) {
      return node;
    }
    JsonNode target = document.at(ref.asString().substring(1));
    if (target.isMissingNode()) {
      throw new IllegalStateException(
          "The contract refers to " + ref.asString() + ", which isn't there.");
    }
    return target;
  }

  private BodySchema schema(JsonNode node) {
    return new BodySchema(schemas.getSchema(withAbsoluteRefs(node)));
  }

  private JsonNode withAbsoluteRefs(JsonNode node) {
    JsonNode copy = node.isMissingNode() ? Json.object() : node.deepCopy();
    makeAbsolute(copy);
    return copy;
  }

  private void makeAbsolute(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("$ref").asString("").startsWith("#/")) {
      resolve(object);
      object.put("$ref", IRI + object.path("$ref").asString());
    }
    node.forEach(this::makeAbsolute);
  }
}
