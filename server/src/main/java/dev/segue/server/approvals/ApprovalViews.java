package dev.segue.server.approvals;

import static dev.segue.server.storage.jooq.segue.Tables.DECISION;

import dev.segue.server.changes.ChangeViews;
import dev.segue.server.changes.StoredChangeSet;
import dev.segue.server.http.Json;
import dev.segue.server.http.Principal;
import dev.segue.server.people.Directory.Person;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Approvals as the API shows them. */
final class ApprovalViews {

  private final ApprovalStore store;
  private final ChangeViews changes;
  private final TaskTexts texts;
  private final PolicyJudge policies;

  ApprovalViews(ApprovalStore store, ChangeViews changes, TaskTexts texts, PolicyJudge policies) {
    this.store = store;
    this.changes = changes;
    this.texts = texts;
    this.policies = policies;
  }

  /**
   * The contract's {@code Approval}.
   *
   * @param reader whose right to decide is told; null to leave that out
   */
  ObjectNode summary(
      DSLContext tx,
      @Nullable Principal reader,
      Approval approval,
      Collection<StoredChangeSet> sets) {
    ObjectNode view = Json.object();
    view.put("id", Long.toString(approval.userTaskKey()));
    put(view, "run", approval.runId());
    view.put("workflow", approval.workflowId());
    view.put("element", approval.elementId());
    texts
        .find(approval.processDefinitionKey(), approval.elementId())
        .ifPresentOrElse(
            text -> {
              view.put("workflowTitle", text.workflowTitle());
              view.put("title", text.question());
              view.put("description", description(approval, text));
            },
            () -> view.put("title", approval.elementId()));
    view.put("state", approval.state());
    put(view, "mode", approval.mode());
    put(view, "site", approval.siteId());
    put(view, "assignee", approval.assignee());
    names(view.putArray("candidateGroups"), approval.candidateGroups());
    names(view.putArray("candidateUsers"), approval.candidateUsers());
    view.put("quorum", approval.headers().quorum());
    view.put("votes", approvals(tx, approval));
    if (!approval.headers().barred().isEmpty()) {
      view.put("notBy", String.join(", ", approval.headers().barred()));
    }
    if (!approval.startedBy().isEmpty()) {
      view.put("startedBy", approval.startedBy());
    }
    if (reader != null) {
      view.put(
          "mayDecide",
          approval.state().equals("open") && Eligibility.refusal(reader, approval).isEmpty());
    }
    describe(view, sets);
    policies
        .said(tx, approval.userTaskKey())
        .ifPresent(
            said ->
                view.putObject("policy")
                    .put("outcome", said.outcome().word())
                    .put("reason", said.reason()));
    view.put("createdAt", approval.createdAt().toString());
    put(view, "dueAt", approval.dueAt());
    put(view, "endedAt", approval.endedAt());
    return view;
  }

  /** An approval of a run that Segue knows, in words for those whom it waits for. */
  WaitingApproval waiting(
      DSLContext tx, Approval approval, Collection<StoredChangeSet> sets, List<Person> forWhom) {
    ObjectNode view = summary(tx, null, approval, sets);
    return new WaitingApproval(
        approval.userTaskKey(),
        approval.processInstanceKey(),
        Objects.requireNonNull(approval.runId()),
        approval.workflowId(),
        view.path("workflowTitle").asString(approval.workflowId()),
        approval.elementId(),
        view.path("title").asString(),
        view.path("description").asString(""),
        approval.siteId(),
        approval.startedBy(),
        approval.assignee(),
        view.path("changeCount").asInt(),
        view.path("totals")
            .valueStream()
            .map(total -> total.path("amount").asString() + " " + total.path("currency").asString())
            .toList(),
        approval.dueAt(),
        forWhom);
  }

  /** The contract's {@code ApprovalDetail}. */
  ObjectNode detail(
      DSLContext tx, Principal reader, Approval approval, Collection<StoredChangeSet> sets) {
    ObjectNode view = summary(tx, reader, approval, sets);
    texts
        .find(approval.processDefinitionKey(), approval.elementId())
        .map(TaskTexts.TaskText::form)
        .ifPresent(
            form -> {
              view.set("form", form);
              view.set(
                  "formValues",
                  Json.tree(store.variables(tx, approval, FormVariables.names(form))));
            });
    ArrayNode lists = view.putArray("changes");
    sets.forEach(set -> lists.add(changes.detail(tx, set)));
    view.set("comments", comments(tx, approval.userTaskKey()));
    view.set("decisions", changes.decisions(tx, DECISION.USER_TASK_KEY.eq(approval.userTaskKey())));
    return view;
  }

  ArrayNode comments(DSLContext tx, long userTaskKey) {
    ArrayNode views = Json.array();
    store.comments(tx, userTaskKey).forEach(comment -> views.add(comment(comment)));
    return views;
  }

  static ObjectNode comment(ApprovalStore.Comment comment) {
    ObjectNode view = Json.object();
    view.put("id", comment.id().toString());
    view.put("author", comment.author());
    view.put("body", comment.body());
    view.put("writtenAt", comment.writtenAt().toString());
    return view;
  }

  private static String description(Approval approval, TaskTexts.TaskText text) {
    return approval.headers().why().isEmpty() ? text.description() : approval.headers().why();
  }

  private int approvals(DSLContext tx, Approval approval) {
    return (int)
        store.votes(tx, approval.userTaskKey()).stream()
            .filter(vote -> vote.approves() && vote.state() != Vote.State.VOID)
            .count();
  }

  private static void describe(ObjectNode view, Collection<StoredChangeSet> sets) {
    ArrayNode ids = view.putArray("changeSets");
    int count = 0;
    Map<String, BigDecimal> sums = new TreeMap<>();
    for (StoredChangeSet set : sets) {
      ids.add(set.id().toString());
      count += set.count();
      set.totals()
          .properties()
          .forEach(
              total ->
                  sums.merge(
                      total.getKey(),
                      new BigDecimal(total.getValue().asString()),
                      BigDecimal::add));
    }
    view.put("changeCount", count);
    ArrayNode totals = view.putArray("totals");
    sums.forEach(
        (currency, sum) ->
            totals.addObject().put("amount", sum.toPlainString()).put("currency", currency));
  }

  private static void names(ArrayNode array, Set<String> names) {
    names.forEach(array::add);
  }

  private static void put(ObjectNode view, String field, @Nullable Object value) {
    if (value != null) {
      view.put(field, value.toString());
    }
  }
}
