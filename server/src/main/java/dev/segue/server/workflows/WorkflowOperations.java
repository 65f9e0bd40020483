package dev.segue.server.workflows;

import dev.segue.bpmn.model.DiagramException;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP operations on workflows and their forms. */
final class WorkflowOperations {

  private static final String ZIP = "application/zip";

  private final WorkflowDeployer deployer;
  private final WorkflowList list;
  private final WorkflowPause pause;
  private final WorkflowPins pins;

  WorkflowOperations(
      WorkflowDeployer deployer, WorkflowList list, WorkflowPause pause, WorkflowPins pins) {
    this.deployer = deployer;
    this.list = list;
    this.pause = pause;
    this.pins = pins;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "listWorkflows", Role.VIEWER, request -> ApiResponse.ok(list.list(request.page()))),
        Operation.of("deployWorkflow", Role.DESIGNER, this::deploy),
        Operation.of("getWorkflow", Role.VIEWER, request -> ApiResponse.ok(find(request))),
        Operation.of("patchWorkflow", Set.of(Role.OPERATOR, Role.DESIGNER), this::patch),
        Operation.of("listWorkflowVersions", Role.VIEWER, this::versions),
        Operation.of("getWorkflowDiagram", Role.VIEWER, this::diagram),
        Operation.of("getWorkflowForm", Role.VIEWER, this::form));
  }

  /** What a deployment made, in the words of the API. */
  private record Deployed(List<VersionView> workflows, List<FindingView> findings) {}

  private ApiResponse deploy(ApiRequest request) {
    WorkflowPackage wanted = read(request);
    if (request.flag("checkOnly")) {
      return ApiResponse.ok(new Deployed(List.of(), deployer.check(wanted).findings()));
    }
    WorkflowDeployer.Result result = deployer.deploy(wanted, request.principal().username());
    List<VersionView> versions =
        result.workflows().stream()
            .map(made -> list.version(made.workflowId(), made.version()).orElseThrow())
            .toList();
    return ApiResponse.created(
        "/api/v1/workflows/" + wanted.id(), new Deployed(versions, result.findings()));
  }

  private static WorkflowPackage read(ApiRequest request) {
    try {
      return switch (request.body()) {
        case ApiRequest.Body.Raw raw when raw.mediaType().equals(ZIP) ->
            WorkflowPackage.zip(raw.content());
        case ApiRequest.Body.Raw raw ->
            WorkflowPackage.files(Map.of("diagram.bpmn", raw.content()));
        case ApiRequest.Body.Form form -> {
          Map<String, byte[]> files = new LinkedHashMap<>();
          form.uploads().forEach(file -> files.put(file.fileName(), file.content()));
          yield WorkflowPackage.files(files);
        }
        case ApiRequest.Body.Json json -> throw noPackage();
        case ApiRequest.Body.Empty empty -> throw noPackage();
      };
    } catch (PackageException e) {
      throw ApiException.invalid(e.problem());
    } catch (DiagramException e) {
      throw ApiException.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static ApiException noPackage() {
    return ApiException.badRequest("Send a package as a zip, its files as a form, or a diagram.");
  }

  private ApiResponse patch(ApiRequest request) {
    String id = find(request).id();
    ObjectNode body = request.json();
    String by = request.principal().username();
    if (body.has("pinned")) {
      pins.set(id, body.path("pinned"), by);
    }
    if (body.has("paused")) {
      pause.set(id, body.path("paused").asBoolean(), by);
    }
    return ApiResponse.ok(find(request));
  }

  private ApiResponse versions(ApiRequest request) {
    return ApiResponse.ok(list.versions(find(request).id(), request.page()));
  }

  private ApiResponse diagram(ApiRequest request) {
    String xml =
        list.diagram(request.path("workflow"), version(request))
            .orElseThrow(() -> noVersion(request));
    return ApiResponse.bytes("application/xml", xml.getBytes(StandardCharsets.UTF_8));
  }

  private ApiResponse form(ApiRequest request) {
    String form = request.path("form");
    return ApiResponse.ok(
        list.form(request.path("workflow"), version(request), form)
            .orElseThrow(() -> ApiException.notFound("form", form)));
  }

  private static int version(ApiRequest request) {
    return (int) request.pathLong("version");
  }

  private static ApiException noVersion(ApiRequest request) {
    return ApiException.notFound(
        "The workflow %s has no version %s."
            .formatted(request.path("workflow"), request.path("version")));
  }

  private WorkflowView find(ApiRequest request) {
    String id = request.path("workflow");
    return list.find(id).orElseThrow(() -> ApiException.notFound("workflow", id));
  }
}
