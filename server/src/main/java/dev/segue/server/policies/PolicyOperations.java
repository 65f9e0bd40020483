package dev.segue.server.policies;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP operations on policies. */
final class PolicyOperations {

  private static final Duration LOOK_BACK = Duration.ofDays(90);

  private final Database database;
  private final PolicyRows rows;
  private final PolicyEdits edits;
  private final WorkflowLookup workflows;
  private final PolicyPreview preview;

  PolicyOperations(
      Database database,
      PolicyRows rows,
      PolicyEdits edits,
      WorkflowLookup workflows,
      PolicyPreview preview) {
    this.database = database;
    this.rows = rows;
    this.edits = edits;
    this.workflows = workflows;
    this.preview = preview;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listPolicies", Role.VIEWER, this::list),
        Operation.of("getPolicy", Role.VIEWER, request -> shown(find(request))),
        Operation.of("putPolicy", Role.ADMIN, this::put),
        Operation.of("patchPolicy", Set.of(Role.OPERATOR, Role.ADMIN), this::patch),
        Operation.of("deletePolicy", Role.ADMIN, this::delete),
        Operation.of("previewPolicy", Role.VIEWER, this::previewed),
        Operation.of("getPolicySwitch", Role.VIEWER, request -> shownSwitch()),
        Operation.of("patchPolicySwitch", Set.of(Role.OPERATOR, Role.ADMIN), this::patchSwitch));
  }

  private record Pause(boolean paused, @Nullable String reason) {

    String why() {
      return reason == null ? "" : reason;
    }
  }

  private record Preview(PolicyContent policy, @Nullable Instant since) {}

  private ApiResponse list(ApiRequest request) {
    return ApiResponse.ok(
        rows.list(database.jooq(), request.query("workflow").orElse(null), request.page())
            .map(PolicyOperations::view));
  }

  private ApiResponse put(ApiRequest request) {
    String id = request.path("policy");
    PolicyContent content = checked(request.json(PolicyContent.class));
    boolean there = rows.find(database.jooq(), id).isPresent();
    Optional<Integer> version = there ? Optional.of(request.requireIfMatch()) : Optional.empty();
    Policy made = edits.put(id, content, version, request.principal().username());
    return there
        ? shown(made)
        : ApiResponse.created("/api/v1/policies/" + id, view(made)).withVersion(made.version());
  }

  private PolicyContent checked(PolicyContent content) {
    if (workflows.find(content.workflow(), null).isEmpty()) {
      throw ApiException.invalid(
          "workflow",
          "There is no workflow %s. Deploy it first (segue deploy).".formatted(content.workflow()));
    }
    content.check();
    return content;
  }

  private ApiResponse patch(ApiRequest request) {
    Policy policy = find(request);
    Pause wanted = request.json(Pause.class);
    if (!wanted.paused() && !request.principal().has(Role.ADMIN)) {
      throw ApiException.forbidden("Only administrators let policies decide again.");
    }
    edits.pause(policy.id(), wanted.paused(), wanted.why(), request.principal().username());
    return shown(find(request));
  }

  private ApiResponse delete(ApiRequest request) {
    edits.remove(request.path("policy"), request.principal().username());
    return ApiResponse.done();
  }

  private ApiResponse previewed(ApiRequest request) {
    Preview wanted = request.json(Preview.class);
    Instant since = wanted.since() == null ? Instant.now().minus(LOOK_BACK) : wanted.since();
    Set<String> sites = request.principal().sites();
    return ApiResponse.ok(
        preview.preview(
            checked(wanted.policy()), since, sites == null ? null : List.copyOf(sites)));
  }

  private ApiResponse shownSwitch() {
    return ApiResponse.ok(pause(Json.object(), rows.pauseOfAll(database.jooq())));
  }

  private ApiResponse patchSwitch(ApiRequest request) {
    Pause wanted = request.json(Pause.class);
    if (!wanted.paused() && !request.principal().has(Role.ADMIN)) {
      throw ApiException.forbidden("Only administrators let policies decide again.");
    }
    edits.pauseAll(wanted.paused(), wanted.why(), request.principal().username());
    return shownSwitch();
  }

  private Policy find(ApiRequest request) {
    String id = request.path("policy");
    return rows.find(database.jooq(), id).orElseThrow(() -> ApiException.notFound("policy", id));
  }

  private static ApiResponse shown(Policy policy) {
    return ApiResponse.ok(view(policy)).withVersion(policy.version());
  }

  private static ObjectNode view(Policy policy) {
    ObjectNode view = Json.object();
    view.put("id", policy.id());
    view.put("workflow", policy.workflowId());
    view.put("changes", policy.changes());
    view.put("level", policy.level().word());
    view.set("limits", withoutNulls(policy.limits()));
    view.set("fallback", withoutNulls(policy.fallback()));
    if (policy.fellReason() != null) {
      view.put("fellBecause", policy.fellReason());
    }
    pause(view, policy.pause());
    view.put("changedBy", policy.changedBy());
    view.put("changedAt", policy.changedAt().toString());
    view.put("version", policy.version());
    return view;
  }

  private static ObjectNode withoutNulls(Record settings) {
    ObjectNode tree = (ObjectNode) Json.tree(settings);
    tree.propertyNames().stream()
        .filter(name -> tree.path(name).isNull())
        .toList()
        .forEach(tree::remove);
    return tree;
  }

  private static ObjectNode pause(ObjectNode view, Policy.@Nullable Pause pause) {
    view.put("paused", pause != null);
    if (pause != null) {
      view.put("pausedBy", pause.by());
      view.put("pausedAt", pause.at().toString());
      view.put("pauseReason", pause.reason());
    }
    return view;
  }
}
