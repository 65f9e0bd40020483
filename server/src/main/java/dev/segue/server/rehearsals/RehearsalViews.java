package dev.segue.server.rehearsals;

import dev.segue.server.data.Knowledge;
import dev.segue.server.http.Json;
import dev.segue.server.runs.WorkflowLookup;
import java.time.Instant;
import java.util.Map;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rehearsals and their days in the words of the API. */
final class RehearsalViews {

  private final RehearsalRows rows;
  private final WorkflowLookup workflows;

  RehearsalViews(RehearsalRows rows, WorkflowLookup workflows) {
    this.rows = rows;
    this.workflows = workflows;
  }

  /** A rehearsal with how far it has come. */
  ObjectNode summary(DSLContext tx, Rehearsal one) {
    ObjectNode view = Json.object();
    view.put("id", one.id().toString());
    view.put("workflow", one.workflow());
    view.put("version", one.version());
    view.put("from", one.from().toString());
    view.put("to", one.to().toString());
    ArrayNode sites = view.putArray("sites");
    one.sites().forEach(sites::add);
    view.setAll(one.asked());
    put(view, "schedule", one.schedule());
    view.put("knowledge", one.knowledge().label());
    view.put("answer", one.approves() ? "approve" : "reject");
    view.set("variables", one.variables());
    view.put("concurrency", one.concurrency());
    view.put("state", one.state().label());
    put(view, "cancelledBy", one.cancelledBy());
    put(view, "cancelReason", one.cancelReason());
    view.put("startedBy", one.startedBy());
    view.put("createdAt", one.createdAt().toString());
    Instant ended = one.endedAt();
    put(view, "endedAt", ended == null ? null : ended.toString());
    view.set("progress", progress(tx, one));
    if (one.state() == Rehearsal.State.RUNNING
        && workflows
            .find(one.workflow(), one.version())
            .filter(WorkflowLookup.Startable::paused)
            .isPresent()) {
      view.put(
          "held",
          "The workflow is paused. The rehearsal goes on when it is resumed, or cancel it.");
    }
    return view;
  }

  /** The same with what all of its days come to. */
  ObjectNode whole(DSLContext tx, Rehearsal one) {
    ObjectNode view = summary(tx, one);
    RehearsalSummary summary = new RehearsalSummary();
    rows.figures(tx, one.id()).forEach(report -> summary.add(Json.parse(report)));
    view.set("summary", summary.json());
    ArrayNode remarks = view.putArray("remarks");
    remarks.add(
        one.knowledge() == Knowledge.BUSINESS_DAY
            ? "What was recorded late counts as known from the time it tells of, and corrected data are those of today. Sites, their calendars, and the catalogue with its costs are those of today."
            : "Only what had been recorded by then counts as known. Sites, their calendars, and costs are those of today.");
    remarks.add(
        "Each day stands for itself: nothing was applied, so what one day would have changed is proposed again on the next.");
    remarks.add(
        "What steps read outside Segue, such as files or accounts, is what is there today.");
    return view;
  }

  private ObjectNode progress(DSLContext tx, Rehearsal one) {
    Map<RehearsalDay.State, Integer> counts = rows.counts(tx, one.id());
    ObjectNode progress = Json.object();
    progress.put("days", counts.values().stream().mapToInt(Integer::intValue).sum());
    for (RehearsalDay.State state : RehearsalDay.State.values()) {
      progress.put(state.label(), counts.getOrDefault(state, 0));
    }
    ArrayNode current = progress.putArray("current");
    if (one.state() == Rehearsal.State.RUNNING) {
      rows.open(tx, one.id(), one.concurrency()).stream()
          .filter(day -> day.state() == RehearsalDay.State.RUNNING)
          .forEach(
              day -> {
                ObjectNode now = current.addObject();
                now.put("day", day.day().toString());
                put(now, "site", day.site());
              });
    }
    return progress;
  }

  /** A day with its report. */
  static ObjectNode day(RehearsalDay one) {
    ObjectNode view = Json.object();
    view.put("day", one.day().toString());
    put(view, "site", one.site());
    put(view, "asOf", one.asOf());
    view.put("businessDate", one.businessDate().toString());
    view.put("state", one.state().label());
    put(view, "reason", one.reason().isEmpty() ? null : one.reason());
    put(view, "run", one.run());
    put(view, "end", one.report() == null ? null : one.report().path("end").asString(null));
    put(view, "startedAt", one.startedAt());
    put(view, "endedAt", one.endedAt());
    JsonNode report = one.report() == null ? Json.object() : one.report();
    view.set("changes", report.has("changes") ? report.get("changes") : Json.array());
    view.set("outcomes", report.has("outcomes") ? report.get("outcomes") : Json.array());
    return view;
  }

  private static void put(ObjectNode view, String field, @Nullable Object value) {
    if (value != null) {
      view.put(field, value.toString());
    }
  }
}
