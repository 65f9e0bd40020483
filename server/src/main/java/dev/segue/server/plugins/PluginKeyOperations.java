package dev.segue.server.plugins;

import dev.segue.runtime.check.PluginSignature;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.storage.Database;
import java.security.PublicKey;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The keys whose signatures are trusted, by HTTP. */
final class PluginKeyOperations {

  private final PluginKeys keys;
  private final Database database;
  private final Audit audit;

  PluginKeyOperations(PluginKeys keys, Database database, Audit audit) {
    this.keys = keys;
    this.database = database;
    this.audit = audit;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "listPluginKeys",
            Role.VIEWER,
            request ->
                ApiResponse.ok(
                    Page.all(keys.list().stream().map(PluginKeyOperations::view).toList()))),
        Operation.of("addPluginKey", Role.ADMIN, this::add),
        Operation.of("removePluginKey", Role.ADMIN, this::remove));
  }

  private ApiResponse add(ApiRequest request) {
    ObjectNode body = request.json();
    String by = request.principal().username();
    PluginKeys.Key key = keys.add(body.path("name").asString(), publicKey(body), by);
    record(by, "plugin-key.add", key.id());
    return ApiResponse.created("/api/v1/plugin-keys/" + key.id(), view(key));
  }

  private static PublicKey publicKey(ObjectNode body) {
    try {
      return PluginSignature.publicKey(body.path("publicKey").asString());
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("publicKey", e.getMessage() + ".");
    }
  }

  private ApiResponse remove(ApiRequest request) {
    String id = request.path("key");
    if (!keys.remove(id)) {
      throw ApiException.notFound("plugin key", id);
    }
    record(request.principal().username(), "plugin-key.remove", id);
    return ApiResponse.done();
  }

  private void record(String by, String action, String id) {
    database.inTransaction(tx -> audit.record(tx, by, action, "plugin-key", id));
  }

  private static ObjectNode view(PluginKeys.Key key) {
    return Json.object()
        .put("id", key.id())
        .put("name", key.name())
        .put("publicKey", key.pem())
        .put("addedBy", key.addedBy())
        .put("addedAt", key.addedAt().toString());
  }
}
