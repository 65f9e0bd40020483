package dev.segue.server.steps;

import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.sdk.Site;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.people.Audit;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The trial of a step by HTTP. */
public final class StepTrialOperations {

  private static final int USUAL_SECONDS = 60;

  private final StepTrials trials;
  private final Function<String, Optional<Site>> sites;
  private final Database database;
  private final Audit audit;

  /**
   * Answers with these parts.
   *
   * @param sites finds a site by its id
   */
  public StepTrialOperations(
      StepTrials trials, Function<String, Optional<Site>> sites, Database database, Audit audit) {
    this.trials = trials;
    this.sites = sites;
    this.database = database;
    this.audit = audit;
  }

  /** The operations of the contract that belong to trials. */
  public List<Operation> operations() {
    return List.of(Operation.of("tryStep", Set.of(Role.OPERATOR, Role.DESIGNER), this::tryStep));
  }

  private ApiResponse tryStep(ApiRequest request) throws InterruptedException {
    Trial trial = trial(request);
    TrialResult result;
    try {
      result = trials.run(trial).orElseThrow(() -> unserved(trial));
    } catch (StepTrials.BusyException e) {
      throw ApiException.unavailable(String.valueOf(e.getMessage()));
    }
    record(request.principal().username(), trial, result);
    if (result.failure() instanceof StepFailure.InvalidInput invalid) {
      throw ApiException.invalid(
          invalid.problems().stream()
              .map(
                  problem ->
                      new FieldError(
                          problem.path().isEmpty() ? "input" : "input." + problem.path(),
                          problem.message()))
              .toList());
    }
    return ApiResponse.ok(view(trial, result));
  }

  private Trial trial(ApiRequest request) {
    ObjectNode body = request.json();
    String siteId = body.path("site").asString(null);
    request.principal().requireSite(siteId);
    Optional<Site> site = siteId == null ? Optional.empty() : sites.apply(siteId);
    if (siteId != null && site.isEmpty()) {
      throw ApiException.invalid("site", "there is no site " + siteId);
    }
    Map<String, String> connections = new LinkedHashMap<>();
    body.path("connections")
        .properties()
        .forEach(field -> connections.put(field.getKey(), field.getValue().asString()));
    return new Trial(
        request.path("step"),
        body.path("input") instanceof ObjectNode input ? input : Json.object(),
        connections,
        body.path("pluginVersion").asString(null),
        site,
        Duration.ofSeconds(body.path("timeoutSeconds").asInt(USUAL_SECONDS)));
  }

  private static ApiException unserved(Trial trial) {
    return trial.pluginVersion() == null
        ? ApiException.notFound(
            "No plugin serves the step type %s now. `segue steps list` shows those that are served."
                .formatted(trial.stepType()))
        : ApiException.notFound(
            "No installed plugin serves the step type %s in the version %s. Install or enable it."
                .formatted(trial.stepType(), trial.pluginVersion()));
  }

  private void record(String by, Trial trial, TrialResult result) {
    ObjectNode details = Json.object();
    details.put("pluginVersion", result.pluginVersion());
    details.put("outcome", result.failure() == null ? "completed" : kind(result.failure()));
    trial.site().ifPresent(site -> details.put("site", site.id()));
    database.inTransaction(
        tx -> audit.record(tx, new AuditEntry(by, "step.try", "step", trial.stepType(), details)));
  }

  private static ObjectNode view(Trial trial, TrialResult result) {
    ObjectNode view = Json.object();
    view.put("step", trial.stepType());
    view.put("pluginVersion", result.pluginVersion());
    view.put("kind", result.kind().name().toLowerCase(Locale.ROOT));
    view.put("outcome", result.failure() == null ? "completed" : "failed");
    if (result.output() != null) {
      view.set("output", result.output());
    }
    if (result.planned() != null) {
      ObjectNode changes = result.log().masked(ChangeSetJson.write(result.planned().changes()));
      view.set("changes", changes.put("hash", result.planned().hash()));
    }
    if (result.failure() != null) {
      view.set("error", error(result.failure()));
    }
    ArrayNode ignored = view.putArray("ignored");
    result.ignored().forEach(ignored::add);
    ArrayNode log = view.putArray("log");
    for (TrialLog.Line line : result.log().lines()) {
      log.addObject()
          .put("at", line.at().toString())
          .put("level", line.level().name().toLowerCase(Locale.ROOT))
          .put("text", line.text());
    }
    view.put("logDropped", result.log().dropped());
    return view.put("tookMillis", result.took().toMillis());
  }

  private static ObjectNode error(StepFailure failure) {
    ObjectNode error = Json.object().put("kind", kind(failure)).put("message", failure.message());
    switch (failure) {
      case StepFailure.BusinessError business -> error.put("code", business.code());
      case StepFailure.Retry retry -> error.put("retryAfterSeconds", retry.after().toSeconds());
      case StepFailure.Fault fault -> error.put("trace", emptyToNull(fault.trace()));
      case StepFailure.TimedOut timedOut ->
          error.put(
              "message",
              "The step was interrupted because it took more than %d s. Give it more time by timeoutSeconds, up to the step's own limit, or find out what it waits for."
                  .formatted(timedOut.limit().toSeconds()));
      case StepFailure.Interrupted interrupted -> {}
      case StepFailure.InvalidInput input -> {}
      case StepFailure.InvalidOutput output -> {}
    }
    return error;
  }

  private static @Nullable String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static String kind(StepFailure failure) {
    return switch (failure) {
      case StepFailure.BusinessError error -> "business-error";
      case StepFailure.Retry retry -> "retry-later";
      case StepFailure.TimedOut timedOut -> "timed-out";
      case StepFailure.Interrupted interrupted -> "interrupted";
      case StepFailure.InvalidInput input -> "invalid-input";
      case StepFailure.InvalidOutput output -> "invalid-output";
      case StepFailure.Fault fault -> "fault";
    };
  }
}
