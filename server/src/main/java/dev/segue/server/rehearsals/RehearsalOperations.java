package dev.segue.server.rehearsals;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.runs.RunChanges;
import dev.segue.server.storage.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP operations on rehearsals. */
final class RehearsalOperations {

  /** More than that are not under way for all people together: each holds runs for long. */
  private static final int MOST_AT_ONCE = 20;

  private final Database database;
  private final RehearsalRows rows;
  private final RehearsalStarts starts;
  private final RehearsalViews views;
  private final Rehearsals.Ground ground;

  RehearsalOperations(
      Database database,
      RehearsalRows rows,
      RehearsalStarts starts,
      RehearsalViews views,
      Rehearsals.Ground ground) {
    this.database = database;
    this.rows = rows;
    this.starts = starts;
    this.views = views;
    this.ground = ground;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listRehearsals", Role.VIEWER, this::list),
        Operation.of("startRehearsal", Role.OPERATOR, this::start),
        Operation.of("getRehearsal", Role.VIEWER, this::get),
        Operation.of("listRehearsalDays", Role.VIEWER, this::days),
        Operation.of("cancelRehearsal", Role.OPERATOR, this::cancel));
  }

  private record Reason(@Nullable String reason) {}

  private ApiResponse list(ApiRequest request) {
    return ApiResponse.ok(
        rows.list(
                database.jooq(),
                request.query("workflow").orElse(null),
                request.query("state").map(Rehearsal.State::of).orElse(null),
                request.principal().sites(),
                request.page())
            .map(one -> views.summary(database.jooq(), one)));
  }

  private ApiResponse start(ApiRequest request) {
    UUID id = id(request);
    if (rows.running(database.jooq()).size() >= MOST_AT_ONCE) {
      throw ApiException.conflict(
          "%d rehearsals are under way already. Wait for one to end, or cancel one."
              .formatted(MOST_AT_ONCE));
    }
    starts.start(id, request.json(RehearsalStarts.Asked.class), request.principal());
    return ApiResponse.created("/api/v1/rehearsals/" + id, views.whole(database.jooq(), find(id)));
  }

  /** The same for the same key of the same caller, even if this server dies before it answers. */
  private static UUID id(ApiRequest request) {
    return request
        .idempotencyKey()
        .map(key -> "rehearsal:" + request.principal().accountId() + ":" + key)
        .map(name -> UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
        .orElseGet(UUID::randomUUID);
  }

  private ApiResponse get(ApiRequest request) {
    return ApiResponse.ok(views.whole(database.jooq(), visible(request)));
  }

  private ApiResponse days(ApiRequest request) {
    return ApiResponse.ok(
        rows.days(
                database.jooq(),
                visible(request).id(),
                request.query("state").map(RehearsalDay.State::of).orElse(null),
                request.page())
            .map(RehearsalViews::day));
  }

  private ApiResponse cancel(ApiRequest request) {
    Rehearsal one = visible(request);
    one.sites().forEach(request.principal()::requireSite);
    String reason = request.json(Reason.class).reason();
    database.inTransaction(
        tx -> cancel(tx, one.id(), request.principal(), reason == null ? "" : reason));
    return ApiResponse.ok(views.whole(database.jooq(), find(one.id())));
  }

  private void cancel(DSLContext tx, UUID id, Principal by, String reason) {
    Rehearsal one = rows.lock(tx, id).orElseThrow(() -> ApiException.notFound("rehearsal", id));
    if (one.state() != Rehearsal.State.RUNNING) {
      throw ApiException.conflict("The rehearsal %s is over already.".formatted(id));
    }
    RunChanges runs = ground.runs().changes();
    for (RehearsalDay day : rows.open(tx, id, one.concurrency())) {
      if (day.state() == RehearsalDay.State.RUNNING) {
        RehearsalRunner.endRun(
            tx, runs, day.runId(), by.username(), "Its rehearsal was cancelled. " + reason);
      }
    }
    rows.cancel(tx, id, by.username(), reason, ground.clock().instant());
    ObjectNode detail = Json.object();
    detail.put("reason", reason);
    ground
        .audit()
        .record(
            tx,
            new AuditEntry(by.username(), "rehearsal.cancel", "rehearsal", id.toString(), detail));
  }

  private Rehearsal find(UUID id) {
    return rows.find(database.jooq(), id).orElseThrow(() -> ApiException.notFound("rehearsal", id));
  }

  /** Who is limited to sites sees the rehearsals of these alone. */
  private Rehearsal visible(ApiRequest request) {
    UUID id = request.pathUuid("rehearsal");
    Rehearsal one = find(id);
    if (!one.sites().stream().allMatch(request.principal()::mayActOn)) {
      throw ApiException.notFound("rehearsal", id);
    }
    return one;
  }
}
