package dev.segue.server.approvals;

import static dev.segue.server.storage.jooq.history.Tables.USER_TASK;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;

import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.ApiRequest;
import dev.segue.server.http.ApiResponse;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.http.Page;
import dev.segue.server.http.PageRequest;
import dev.segue.server.http.Principal;
import dev.segue.server.http.Role;
import dev.segue.server.storage.Database;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import tools.jackson.databind.node.ObjectNode;

/** Approvals by HTTP. */
final class ApprovalOperations {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  private final Database database;
  private final ApprovalStore store;
  private final ApprovalViews views;
  private final ApprovalDecisions decisions;
  private final Assignments assignments;
  private final Delegates delegates;
  private final Settlements settlements;

  ApprovalOperations(
      Database database,
      ApprovalStore store,
      ApprovalViews views,
      ApprovalDecisions decisions,
      Assignments assignments,
      Delegates delegates,
      Settlements settlements) {
    this.database = database;
    this.store = store;
    this.views = views;
    this.decisions = decisions;
    this.assignments = assignments;
    this.delegates = delegates;
    this.settlements = settlements;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of("listApprovals", Role.VIEWER, this::list),
        Operation.of("getApproval", Role.VIEWER, this::get),
        Operation.of("claimApproval", Role.APPROVER, this::claim),
        Operation.of("unclaimApproval", Role.APPROVER, this::release),
        Operation.of("delegateApproval", Role.APPROVER, this::delegate),
        Operation.of("listApprovalDelegates", Role.APPROVER, this::delegates),
        Operation.of("listApprovalComments", Role.VIEWER, this::comments),
        Operation.of("commentApproval", Role.VIEWER, this::comment),
        Operation.of("decideApproval", Role.APPROVER, this::decide));
  }

  private record Delegate(String username, String displayName) {}

  private ApiResponse list(ApiRequest request) {
    Principal reader = request.principal();
    PageRequest page = request.page();
    List<Approval> rows = store.list(database.jooq(), filter(request, reader), page);
    Page<Approval> shown = Page.of(rows, page, ApprovalStore::cursor);
    return ApiResponse.ok(
        shown.map(
            approval ->
                views.summary(database.jooq(), reader, merged(approval), covered(approval))));
  }

  private ApiResponse get(ApiRequest request) {
    return ApiResponse.ok(detail(request));
  }

  private ApiResponse claim(ApiRequest request) {
    assignments.claim(request.principal(), visible(request).userTaskKey());
    return summary(request);
  }

  private ApiResponse release(ApiRequest request) {
    assignments.release(request.principal(), visible(request).userTaskKey());
    return summary(request);
  }

  private ApiResponse delegate(ApiRequest request) {
    Approval approval = visible(request);
    ObjectNode body = request.json();
    String comment = body.path("comment").asString("");
    assignments.delegate(request.principal(), approval.userTaskKey(), body.path("to").asString());
    if (!comment.isBlank()) {
      store.comment(
          database.jooq(), approval.userTaskKey(), request.principal().username(), comment);
    }
    return summary(request);
  }

  private ApiResponse delegates(ApiRequest request) {
    Approval approval = merged(visible(request));
    return ApiResponse.ok(
        Page.all(
            approval.isOpen()
                ? delegates.of(approval).stream()
                    .map(person -> new Delegate(person.username(), person.displayName()))
                    .toList()
                : List.of()));
  }

  private ApiResponse comments(ApiRequest request) {
    ObjectNode answer = Json.object();
    answer.set("items", views.comments(database.jooq(), visible(request).userTaskKey()));
    return ApiResponse.ok(answer);
  }

  private ApiResponse comment(ApiRequest request) {
    Approval approval = visible(request);
    ApprovalStore.Comment written =
        store.comment(
            database.jooq(),
            approval.userTaskKey(),
            request.principal().username(),
            request.json().path("body").asString());
    return ApiResponse.created(
        "/api/v1/approvals/" + approval.userTaskKey() + "/comments",
        ApprovalViews.comment(written));
  }

  private ApiResponse decide(ApiRequest request) {
    Approval approval = visible(request);
    DecideRequest body = request.json(DecideRequest.class);
    try (Settlements.Watch watch = settlements.watch(approval.userTaskKey())) {
      if (decisions.decide(request.principal(), approval.userTaskKey(), body)) {
        watch.await(LONGEST_WAIT);
      }
    }
    return ApiResponse.ok(detail(request));
  }

  private ApiResponse summary(ApiRequest request) {
    Approval approval = visible(request);
    return ApiResponse.ok(
        views.summary(database.jooq(), request.principal(), merged(approval), covered(approval)));
  }

  private ObjectNode detail(ApiRequest request) {
    Approval approval = visible(request);
    return views.detail(database.jooq(), request.principal(), merged(approval), covered(approval));
  }

  private Approval visible(ApiRequest request) {
    long key = request.pathLong("approval");
    return store
        .find(database.jooq(), key)
        .filter(approval -> request.principal().mayActOn(approval.siteId()))
        .orElseThrow(() -> ApiException.notFound("approval", key));
  }

  /** The approval with what has been asked of the engine but is not yet in its history. */
  private Approval merged(Approval approval) {
    return approval.isOpen() ? approval.heldBy(store.holder(database.jooq(), approval)) : approval;
  }

  private Collection<StoredChangeSet> covered(Approval approval) {
    return decisions.covered(approval).values();
  }

  private static Condition filter(ApiRequest request, Principal reader) {
    Condition filter =
        switch (request.query("view").orElse("groups")) {
          case "mine" -> USER_TASK.ASSIGNEE.eq(reader.username()).and(live());
          case "all" -> DSL.noCondition();
          default -> forGroups(reader).and(live());
        };
    List<String> states = request.queryAll("state");
    if (!states.isEmpty()) {
      filter = filter.and(ApprovalStore.state().in(states));
    }
    if (request.query("workflow").isPresent()) {
      filter = filter.and(USER_TASK.BPMN_PROCESS_ID.eq(request.query("workflow").get()));
    }
    if (request.query("run").isPresent()) {
      filter = filter.and(RUN.RUN_ID.eq(UUID.fromString(request.query("run").get())));
    }
    if (request.query("site").isPresent()) {
      filter = filter.and(RUN.SITE_ID.eq(request.query("site").get()));
    }
    Set<String> sites = reader.sites();
    return sites == null ? filter : filter.and(RUN.SITE_ID.isNull().or(RUN.SITE_ID.in(sites)));
  }

  /** Rehearsals decide by themselves; nobody has to see them in an inbox. */
  private static Condition live() {
    return RUN.MODE.isDistinctFrom("simulated");
  }

  private static Condition forGroups(Principal reader) {
    Condition candidate =
        reader.has(Role.ADMIN)
            ? DSL.trueCondition()
            : DSL.val(reader.username())
                .eq(DSL.any(USER_TASK.CANDIDATE_USERS))
                .or(
                    DSL.arrayOverlap(
                        USER_TASK.CANDIDATE_GROUPS, reader.groups().toArray(String[]::new)))
                .or(
                    DSL.cardinality(USER_TASK.CANDIDATE_GROUPS)
                        .eq(0)
                        .and(DSL.cardinality(USER_TASK.CANDIDATE_USERS).eq(0)));
    return USER_TASK.ASSIGNEE.eq(reader.username()).or(USER_TASK.ASSIGNEE.isNull().and(candidate));
  }
}
