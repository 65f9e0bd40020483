package dev.segue.server.changes;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Undoing change sets by HTTP. */
final class UndoOperations {

  private final Database database;
  private final ChangeSets sets;
  private final ChangeViews views;
  private final Undos undos;

  UndoOperations(Database database, ChangeSets sets, ChangeViews views, Undos undos) {
    this.database = database;
    this.sets = sets;
    this.views = views;
    this.undos = undos;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("undoChangeSet", Role.OPERATOR, this::undo),
        Operation.of("decideChangeSet", Role.APPROVER, this::decide),
        Operation.of("settleChangeSet", Role.OPERATOR, this::settle));
  }

  private record UndoRequest(@Nullable String reason, @Nullable Boolean skipIrreversible) {}

  private record DecideRequest(String outcome, String hash, @Nullable String comment) {}

  private record SettleRequest(String finding, @Nullable String comment) {}

  private ApiResponse undo(ApiRequest request) {
    UndoRequest wish = request.json(UndoRequest.class);
    StoredChangeSet undo =
        undos.plan(
            request.principal(),
            visible(request),
            Boolean.TRUE.equals(wish.skipIrreversible()),
            words(wish.reason()));
    return ApiResponse.created("/api/v1/changes/" + undo.id(), views.detail(database.jooq(), undo));
  }

  private ApiResponse decide(ApiRequest request) {
    DecideRequest decision = request.json(DecideRequest.class);
    boolean approves = decision.outcome().equals("approve");
    if (!approves && words(decision.comment()).isEmpty()) {
      throw ApiException.invalid("comment", "say why you reject, so that others can mend it");
    }
    undos.decide(
        request.principal(),
        visible(request),
        approves,
        decision.hash(),
        words(decision.comment()));
    return ApiResponse.ok(views.detail(database.jooq(), visible(request)));
  }

  private ApiResponse settle(ApiRequest request) {
    SettleRequest found = request.json(SettleRequest.class);
    Doubts.Finding finding =
        switch (found.finding()) {
          case "happened" -> Doubts.Finding.HAPPENED;
          case "did-not-happen" -> Doubts.Finding.DID_NOT_HAPPEN;
          default -> Doubts.Finding.SKIP;
        };
    undos.settle(request.principal(), visible(request), finding, words(found.comment()));
    return ApiResponse.ok(views.detail(database.jooq(), visible(request)));
  }

  private StoredChangeSet visible(ApiRequest request) {
    UUID id = request.pathUuid("changeSet");
    return sets.find(database.jooq(), id)
        .filter(found -> request.principal().mayActOn(found.siteId()))
        .orElseThrow(() -> ApiException.notFound("change set", id));
  }

  private static String words(@Nullable String text) {
    return text == null ? "" : text.strip();
  }
}
