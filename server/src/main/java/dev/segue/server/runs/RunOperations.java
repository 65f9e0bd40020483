package dev.segue.server.runs;

import dev.segue.bpmn.engine.Message;
import dev.segue.server.data.Knowledge;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP operations on runs, incidents and messages. */
final class RunOperations {

  private final Database database;
  private final Parts parts;

  /** What answers. */
  record Parts(
      RunStarter starter,
      RunChanges changes,
      RunList list,
      RunCounts counts,
      RunDetails details,
      IncidentList incidents,
      IncidentRepair repair,
      Messages messages) {}

  RunOperations(Database database, Parts parts) {
    this.database = database;
    this.parts = parts;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listRuns", Role.VIEWER, this::list),
        Operation.of("startRun", Role.OPERATOR, this::start),
        Operation.of("countRuns", Role.VIEWER, this::count),
        Operation.of("getRun", Role.VIEWER, this::get),
        Operation.of("listRunTimeline", Role.VIEWER, this::timeline),
        Operation.of("cancelRun", Role.OPERATOR, this::cancel),
        Operation.of("adoptRun", Role.OPERATOR, this::adopt),
        Operation.of("listIncidents", Role.VIEWER, this::listIncidents),
        Operation.of("getIncident", Role.VIEWER, this::getIncident),
        Operation.of("resolveIncident", Role.OPERATOR, this::resolveIncident),
        Operation.of("publishMessage", Role.OPERATOR, this::publishMessage));
  }

  private record NewRun(
      String workflow,
      @Nullable Integer version,
      @Nullable RunMode mode,
      @Nullable String site,
      @Nullable String businessKey,
      @Nullable Instant asOf,
      @Nullable Knowledge knowledge,
      @Nullable ObjectNode variables) {}

  private record Reason(String reason) {}

  private record Adoption(RunMode mode, @Nullable String site) {}

  private record NewMessage(
      String name,
      @Nullable String correlationKey,
      @Nullable Duration timeToLive,
      @Nullable String id,
      @Nullable ObjectNode variables) {}

  private ApiResponse list(ApiRequest request) {
    RunList.Filter filter =
        new RunList.Filter(
            request.queryAll("state").stream().map(RunOperations::state).toList(),
            request.query("workflow").orElse(null),
            request.query("site").orElse(null),
            request.query("mode").map(RunMode::of).orElse(null),
            time(request, "since"),
            time(request, "until"),
            request.query("startedBy").orElse(null),
            request.query("businessKey").orElse(null),
            request.query("q").map(String::strip).orElse(null),
            request.principal().sites());
    return ApiResponse.ok(parts.list().list(filter, request.page()));
  }

  private static @Nullable Instant time(ApiRequest request, String name) {
    return request.query(name).map(Instant::parse).orElse(null);
  }

  private ApiResponse count(ApiRequest request) {
    return ApiResponse.ok(
        Page.all(
            parts
                .counts()
                .bySite(
                    new RunCounts.Filter(
                        time(request, "since"),
                        time(request, "until"),
                        request.query("workflow").orElse(null),
                        request.query("mode").map(RunMode::of).orElse(null),
                        request.principal().sites()))));
  }

  private ApiResponse timeline(ApiRequest request) {
    UUID runId = request.pathUuid("run");
    visible(request, runId);
    return ApiResponse.ok(parts.details().timeline(runId, request.page()));
  }

  private static RunView.State state(String label) {
    return RunView.State.valueOf(label.toUpperCase(Locale.ROOT));
  }

  private ApiResponse start(ApiRequest request) {
    NewRun wanted = request.json(NewRun.class);
    request.principal().requireSite(wanted.site());
    UUID runId =
        parts
            .starter()
            .start(
                new StartRequest(
                    startId(request),
                    wanted.workflow(),
                    wanted.version(),
                    wanted.mode() == null ? RunMode.LIVE : wanted.mode(),
                    wanted.site(),
                    wanted.businessKey(),
                    wanted.asOf(),
                    wanted.knowledge() == null ? Knowledge.RECORDED : wanted.knowledge(),
                    true,
                    wanted.variables() == null ? Json.object() : wanted.variables(),
                    request.principal().username(),
                    StartRequest.BY_PERSON));
    return ApiResponse.created("/api/v1/runs/" + runId, shown(runId));
  }

  /**
   * The same for the same key of the same caller: even if this server dies before it has answered,
   * a repetition of the call starts nothing more.
   */
  private static UUID startId(ApiRequest request) {
    return request
        .idempotencyKey()
        .map(key -> "start:" + request.principal().accountId() + ":" + key)
        .map(name -> UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
        .orElseGet(UUID::randomUUID);
  }

  private ApiResponse get(ApiRequest request) {
    UUID runId = request.pathUuid("run");
    visible(request, runId);
    return ApiResponse.ok(
        parts.details().find(runId).orElseThrow(() -> ApiException.notFound("run", runId)).json());
  }

  private ApiResponse cancel(ApiRequest request) {
    UUID runId = request.pathUuid("run");
    visible(request, runId);
    parts
        .changes()
        .cancel(runId, request.principal().username(), request.json(Reason.class).reason());
    return ApiResponse.accepted(shown(runId));
  }

  private ApiResponse adopt(ApiRequest request) {
    UUID runId = request.pathUuid("run");
    visible(request, runId);
    Adoption adoption = request.json(Adoption.class);
    request.principal().requireSite(adoption.site());
    parts.changes().adopt(runId, adoption.mode(), adoption.site(), request.principal().username());
    return ApiResponse.ok(shown(runId));
  }

  private ApiResponse listIncidents(ApiRequest request) {
    IncidentList.Filter filter =
        new IncidentList.Filter(
            request.query("state").orElse(null),
            request.query("workflow").orElse(null),
            request.query("run").map(UUID::fromString).orElse(null),
            request.principal().sites());
    return ApiResponse.ok(parts.incidents().list(filter, request.page()));
  }

  private ApiResponse getIncident(ApiRequest request) {
    return ApiResponse.ok(incident(request));
  }

  private IncidentView incident(ApiRequest request) {
    long key = request.pathLong("incident");
    return parts
        .incidents()
        .find(database.jooq(), key)
        .filter(details -> request.principal().mayActOn(details.siteId()))
        .orElseThrow(() -> ApiException.notFound("incident", key))
        .view();
  }

  private ApiResponse resolveIncident(ApiRequest request) {
    parts
        .repair()
        .resolve(
            request.pathLong("incident"),
            request.json(IncidentRepair.Resolution.class),
            request.principal());
    return ApiResponse.accepted(incident(request));
  }

  private ApiResponse publishMessage(ApiRequest request) {
    NewMessage wanted = request.json(NewMessage.class);
    ObjectNode variables = wanted.variables() == null ? Json.object() : wanted.variables();
    if (variables.has(RunStarter.CONTEXT_VARIABLE)) {
      throw ApiException.invalid(
          "variables.segue", "This variable is Segue's own. Give yours another name.");
    }
    String id = wanted.id() != null ? wanted.id() : request.idempotencyKey().orElse(null);
    long key =
        parts
            .messages()
            .publish(
                new Message(
                    wanted.name(),
                    wanted.correlationKey() == null ? "" : wanted.correlationKey(),
                    wanted.timeToLive() == null ? Duration.ZERO : wanted.timeToLive(),
                    id,
                    Json.text(variables)));
    ObjectNode answer = Json.object();
    answer.put("key", Long.toString(key));
    return ApiResponse.accepted(answer);
  }

  /** A run of a site that the caller may not see doesn't exist for him. */
  private void visible(ApiRequest request, UUID runId) {
    RunView run = shown(runId);
    if (!request.principal().mayActOn(run.site())) {
      throw ApiException.notFound("run", runId);
    }
  }

  private RunView shown(UUID runId) {
    return parts.list().find(runId).orElseThrow(() -> ApiException.notFound("run", runId));
  }
}
