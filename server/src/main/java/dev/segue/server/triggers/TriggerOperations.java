package dev.segue.server.triggers;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP operations on triggers of all kinds. */
final class TriggerOperations {

  private final Database database;
  private final TriggerRows rows;
  private final FiringRows firings;
  private final TriggerEdits edits;
  private final TriggerReader reader;

  TriggerOperations(
      Database database,
      TriggerRows rows,
      FiringRows firings,
      TriggerEdits edits,
      TriggerReader reader) {
    this.database = database;
    this.rows = rows;
    this.firings = firings;
    this.edits = edits;
    this.reader = reader;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listTriggers", Role.VIEWER, this::list),
        Operation.of("getTrigger", Role.VIEWER, request -> shown(find(request))),
        Operation.of("putTrigger", Role.DESIGNER, this::put),
        Operation.of("patchTrigger", Set.of(Role.OPERATOR, Role.DESIGNER), this::patch),
        Operation.of("deleteTrigger", Role.DESIGNER, this::delete),
        Operation.of("listTriggerFirings", Role.VIEWER, this::firings),
        Operation.of("getTriggerSwitch", Role.VIEWER, request -> shownSwitch()),
        Operation.of("patchTriggerSwitch", Role.OPERATOR, this::patchSwitch));
  }

  private record Pause(boolean paused, @Nullable String reason) {

    String why() {
      return reason == null ? "" : reason;
    }
  }

  /** Whether all triggers are paused, in the words of the API. */
  private record Switch(
      boolean paused,
      @Nullable String pausedBy,
      @Nullable Instant pausedAt,
      @Nullable String pauseReason) {}

  private ApiResponse list(ApiRequest request) {
    return ApiResponse.ok(
        rows.list(
                database.jooq(),
                request.query("kind").orElse(null),
                request.query("workflow").orElse(null),
                request.page())
            .map(TriggerView::of));
  }

  private ApiResponse put(ApiRequest request) {
    String id = request.path("trigger");
    TriggerContent content = reader.read(request.json());
    content.kind().checkReady(content.settings());
    requireSites(request.principal(), content.kind(), content);
    Optional<Trigger> old = rows.find(database.jooq(), id);
    old.ifPresent(trigger -> requireSites(request.principal(), trigger));
    Optional<Integer> version =
        old.isEmpty() ? Optional.empty() : Optional.of(request.requireIfMatch());
    Trigger made = edits.put(id, content, version, request.principal().username());
    return old.isEmpty()
        ? ApiResponse.created("/api/v1/triggers/" + id, view(made)).withVersion(made.version())
        : shown(made);
  }

  private ApiResponse patch(ApiRequest request) {
    Trigger trigger = find(request);
    requireSites(request.principal(), trigger);
    Pause wanted = request.json(Pause.class);
    edits.pause(trigger.id(), wanted.paused(), wanted.why(), request.principal().username());
    return shown(find(request));
  }

  private ApiResponse delete(ApiRequest request) {
    Trigger trigger = find(request);
    requireSites(request.principal(), trigger);
    edits.remove(trigger, request.principal().username());
    return ApiResponse.done();
  }

  private ApiResponse firings(ApiRequest request) {
    return ApiResponse.ok(
        firings.list(
            database.jooq(),
            find(request).id(),
            request.query("outcome").orElse(null),
            request.principal().sites(),
            request.page()));
  }

  private ApiResponse shownSwitch() {
    Trigger.Pause pause = rows.pauseOfAll(database.jooq());
    return ApiResponse.ok(
        pause == null
            ? new Switch(false, null, null, null)
            : new Switch(true, pause.by(), pause.at(), pause.reason()));
  }

  private ApiResponse patchSwitch(ApiRequest request) {
    requireAllSites(request.principal());
    Pause wanted = request.json(Pause.class);
    edits.pauseAll(wanted.paused(), wanted.why(), request.principal().username());
    return shownSwitch();
  }

  private void requireSites(Principal principal, Trigger trigger) {
    TriggerKind kind = reader.kind(trigger.kind());
    requireSites(principal, kind == null ? null : kind.sites(trigger.settings()));
  }

  private static void requireSites(Principal principal, TriggerKind kind, TriggerContent content) {
    requireSites(principal, kind.sites(content.settings()));
  }

  /** Who is limited to sites may not make anything happen at others. */
  static void requireSites(Principal principal, @Nullable Set<String> sites) {
    if (sites == null) {
      requireAllSites(principal);
    } else {
      sites.forEach(principal::requireSite);
    }
  }

  private static void requireAllSites(Principal principal) {
    if (principal.sites() != null) {
      throw ApiException.forbidden(
          "The account %s is limited to some sites, and this acts on others as well."
              .formatted(principal.username()));
    }
  }

  private ObjectNode view(Trigger trigger) {
    ObjectNode view = TriggerView.of(trigger);
    TriggerKind kind = reader.kind(trigger.kind());
    List<String> warnings = kind == null ? List.of() : kind.warnings(database.jooq(), trigger);
    if (!warnings.isEmpty()) {
      view.set("warnings", Json.tree(warnings));
    }
    return view;
  }

  private ApiResponse shown(Trigger trigger) {
    return ApiResponse.ok(view(trigger)).withVersion(trigger.version());
  }

  private Trigger find(ApiRequest request) {
    String id = Objects.requireNonNull(request.path("trigger"));
    return rows.find(database.jooq(), id).orElseThrow(() -> ApiException.notFound("trigger", id));
  }
}
