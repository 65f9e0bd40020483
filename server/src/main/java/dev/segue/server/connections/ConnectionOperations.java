package dev.segue.server.connections;

import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Connections by HTTP. Secrets go in and never come out. */
public final class ConnectionOperations {

  private final Database database;
  private final Connections connections;
  private final ConnectionTypes types;
  private final ConnectionTester tester;
  private final ConnectionTraffic traffic;
  private final ConnectionUse use;
  private final Audit audit;

  /**
   * Answers with these parts.
   *
   * @param tester tries connections by the code of their plugins
   * @param traffic knows how connections fare
   * @param use knows which steps use them
   */
  public ConnectionOperations(
      Database database,
      Connections connections,
      ConnectionTypes types,
      ConnectionTester tester,
      ConnectionTraffic traffic,
      ConnectionUse use,
      Audit audit) {
    this.database = database;
    this.connections = connections;
    this.types = types;
    this.tester = tester;
    this.traffic = traffic;
    this.use = use;
    this.audit = audit;
  }

  /** The operations of the contract that belong to connections. */
  public List<Operation> operations() {
    return List.of(
        Operation.of("listConnectionTypes", Role.VIEWER, request -> listTypes()),
        Operation.of("listConnections", Role.VIEWER, request -> list()),
        Operation.of("createConnection", Role.ADMIN, this::create),
        Operation.of("getConnection", Role.VIEWER, this::get),
        Operation.of("updateConnection", Role.ADMIN, this::update),
        Operation.of("deleteConnection", Role.ADMIN, this::delete),
        Operation.of("testConnection", Role.OPERATOR, this::test));
  }

  private ApiResponse listTypes() {
    return ApiResponse.ok(
        Page.all(types.connectionTypes().stream().map(ConnectionOperations::typeView).toList()));
  }

  private ApiResponse list() {
    return ApiResponse.ok(
        Page.all(connections.list().stream().map(ConnectionOperations::view).toList()));
  }

  private ApiResponse get(ApiRequest request) {
    ConnectionView found = require(request.path("connection"));
    ObjectNode view = view(found);
    view.set("traffic", traffic(found));
    ArrayNode users = view.putArray("usedBy");
    use.of(found.name(), found.type()).forEach(user -> users.add(Json.tree(user)));
    return ApiResponse.ok(view).withVersion(found.version());
  }

  private ObjectNode traffic(ConnectionView connection) {
    TrafficView seen = traffic.of(connection.name());
    ObjectNode view = Json.object();
    seen.lastSuccessAt().ifPresent(at -> view.put("lastSuccessAt", at.toString()));
    seen.lastFailureAt().ifPresent(at -> view.put("lastFailureAt", at.toString()));
    if (!seen.lastFailure().isEmpty()) {
      view.put("lastFailure", seen.lastFailure());
    }
    view.put("calls", seen.calls());
    view.put("failures", seen.failures());
    view.put("errorRate", seen.calls() == 0 ? 0 : (double) seen.failures() / seen.calls());
    view.put("requestsPerSecond", seen.requestsPerSecond());
    types
        .connectionType(connection.type())
        .map(ConnectionDescriptor::requestsPerSecond)
        .filter(limit -> limit > 0)
        .ifPresent(
            limit -> {
              view.put("limitPerSecond", limit);
              view.put("budgetInUse", Math.min(1, seen.requestsPerSecond() / limit));
            });
    return view;
  }

  private ApiResponse create(ApiRequest request) {
    ObjectNode body = request.json();
    String name = body.path("name").asString();
    String by = request.principal().username();
    try {
      ConnectionView created =
          connections.create(
              name, body.path("type").asString(), settings(body.path("fields"), body), by);
      record(by, "connection.create", name);
      return ApiResponse.created("/api/v1/connections/" + name, view(created))
          .withVersion(created.version());
    } catch (ConnectionException e) {
      throw explain(e);
    }
  }

  private ApiResponse update(ApiRequest request) {
    String name = request.path("connection");
    ConnectionView before = require(name);
    ObjectNode body = request.json();
    String by = request.principal().username();
    int version = request.ifMatch().orElse(before.version());
    try {
      if (body.has("fields") || body.has("secrets")) {
        JsonNode fields = body.has("fields") ? body.path("fields") : before.fields();
        connections.update(name, settings(fields, body), version, by);
      }
      if (body.has("paused")) {
        connections.pause(name, body.path("paused").booleanValue(), by);
      }
    } catch (ConnectionException e) {
      throw explain(e);
    }
    record(by, "connection.update", name);
    ConnectionView after = require(name);
    return ApiResponse.ok(view(after)).withVersion(after.version());
  }

  private ApiResponse delete(ApiRequest request) {
    String name = require(request.path("connection")).name();
    connections.remove(name);
    record(request.principal().username(), "connection.delete", name);
    return ApiResponse.done();
  }

  private ApiResponse test(ApiRequest request) {
    ConnectionView connection = require(request.path("connection"));
    long start = System.nanoTime();
    ConnectionTester.Finding finding = tester.test(connection.name(), connection.type());
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    connections.tested(connection.name(), finding.works(), finding.message(), took);
    if (finding.works()) {
      traffic.succeeded(List.of(connection.name()));
    } else {
      traffic.failed(List.of(connection.name()), finding.message());
    }
    ObjectNode answer = Json.object();
    answer.put("health", finding.works() ? "works" : "fails");
    answer.put("message", finding.message());
    answer.put("tookMillis", took.toMillis());
    return ApiResponse.ok(answer);
  }

  private ConnectionView require(String name) {
    return connections.find(name).orElseThrow(() -> ApiException.notFound("connection", name));
  }

  private void record(String by, String action, String name) {
    database.inTransaction(
        tx -> audit.record(tx, new AuditEntry(by, action, "connection", name, Json.object())));
  }

  private static ObjectNode settings(JsonNode fields, ObjectNode body) {
    ObjectNode settings = Json.object();
    fields.properties().forEach(field -> settings.set(field.getKey(), field.getValue()));
    body.path("secrets")
        .properties()
        .forEach(secret -> settings.set(secret.getKey(), secret.getValue()));
    return settings;
  }

  private static ApiException explain(ConnectionException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case NOT_FOUND -> ApiException.notFound(message);
      case EXISTS, CHANGED, PAUSED -> ApiException.conflict(message);
      case INVALID -> ApiException.invalid(message);
    };
  }

  private static ObjectNode view(ConnectionView connection) {
    ObjectNode view = Json.object();
    view.put("name", connection.name());
    view.put("type", connection.type());
    view.set("fields", connection.fields());
    ArrayNode secrets = view.putArray("secrets");
    new TreeSet<>(connection.secretsSet()).forEach(secrets::add);
    view.put("paused", connection.paused());
    view.put("health", connection.health().name().toLowerCase(Locale.ROOT));
    view.put("healthMessage", connection.healthMessage());
    connection.healthAt().ifPresent(at -> view.put("healthAt", at.toString()));
    connection.healthTook().ifPresent(took -> view.put("healthTookMillis", took.toMillis()));
    view.put("version", connection.version());
    view.put("updatedBy", connection.updatedBy());
    view.put("updatedAt", connection.updatedAt().toString());
    return view;
  }

  /** A type as the API shows it; its secrets stand apart from its other fields. */
  public static ObjectNode typeView(ConnectionDescriptor type) {
    ObjectNode view = Json.object();
    view.put("type", type.type());
    view.put("plugin", type.plugin());
    view.put("title", type.title());
    view.put("description", type.description());
    ObjectNode fields = type.schema();
    ArrayNode secrets = view.putArray("secrets");
    if (fields.path("properties") instanceof ObjectNode properties) {
      for (String secret : type.secretFields()) {
        JsonNode schema = properties.remove(secret);
        secrets
            .addObject()
            .put("name", secret)
            .put("title", schema == null ? secret : schema.path("title").asString(secret));
      }
    }
    view.set("fields", fields);
    return view;
  }
}
