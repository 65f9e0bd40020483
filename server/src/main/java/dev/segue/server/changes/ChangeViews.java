package dev.segue.server.changes;

import static dev.segue.server.storage.jooq.segue.Tables.DECISION;

import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.server.http.Json;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Change sets and decisions as the API shows them. Thread-safe. */
public final class ChangeViews {

  private final ChangeSets sets;

  ChangeViews(ChangeSets sets) {
    this.sets = sets;
  }

  /**
   * Shows a set without its changes.
   *
   * @param set the stored set
   * @return the contract's {@code ChangeSet}
   */
  public ObjectNode summary(StoredChangeSet set) {
    ObjectNode view = Json.object();
    view.put("id", set.id().toString());
    put(view, "run", set.runId());
    put(view, "element", set.elementId());
    view.put("stepType", set.stepType());
    view.put("pluginVersion", set.pluginVersion());
    put(view, "site", set.siteId());
    view.put("mode", set.simulated() ? "simulated" : "live");
    view.put("title", set.title());
    view.put("summary", set.summary());
    view.put("state", set.state().word().replace('_', '-'));
    view.put("hash", set.hash());
    view.put("count", set.count());
    view.set("totals", totals(set.totals()));
    put(view, "supersedes", set.supersedes());
    put(view, "undoes", set.undoes());
    put(view, "validUntil", set.validUntil());
    view.put("createdBy", set.createdBy());
    view.put("createdAt", set.createdAt().toString());
    return view;
  }

  /**
   * Shows a set with its changes and the decisions on it.
   *
   * @param tx the transaction to read in
   * @param set the stored set
   * @return the contract's {@code ChangeSetDetail}
   */
  public ObjectNode detail(DSLContext tx, StoredChangeSet set) {
    ObjectNode view = summary(set);
    sets.undoOf(tx, set.id()).ifPresent(undo -> view.put("undoneBy", undo.id().toString()));
    view.set("decisions", decisions(tx, DECISION.SET_ID.eq(set.id())));
    ArrayNode changes = view.putArray("changes");
    sets.changes(tx, set.id()).forEach(change -> changes.add(change(change)));
    return view;
  }

  /**
   * Shows decisions, oldest first, one for each vote.
   *
   * @param tx the transaction to read in
   * @param which selects rows of {@code segue.decision}
   * @return an array of the contract's {@code Decision}
   */
  public ArrayNode decisions(DSLContext tx, Condition which) {
    ArrayNode views = Json.array();
    UUID last = null;
    for (var row :
        tx.selectFrom(DECISION).where(which).orderBy(DECISION.DECIDED_AT, DECISION.VOTE_ID)) {
      if (row.getVoteId().equals(last)) {
        continue;
      }
      last = row.getVoteId();
      ObjectNode view = views.addObject();
      view.put("outcome", row.getOutcome());
      view.put("by", row.getDecidedBy());
      view.put("kind", row.getByKind());
      view.put("state", row.getState());
      view.put("comment", row.getComment());
      put(view, "voidReason", row.getVoidReason());
      view.put("decidedAt", row.getDecidedAt().toString());
    }
    return views;
  }

  private static ObjectNode change(StoredChange stored) {
    ObjectNode view = Json.object();
    view.put("ordinal", stored.ordinal());
    ObjectNode change = ChangeSetJson.write(stored.change());
    Stream.of("amount", "validUntil")
        .filter(field -> change.path(field).isNull())
        .forEach(change::remove);
    view.setAll(change);
    view.put("state", stored.state().word().replace('_', '-'));
    view.put("message", stored.message());
    view.put("attempts", stored.attempt());
    put(view, "finishedAt", stored.finishedAt());
    return view;
  }

  private static ArrayNode totals(JsonNode byCurrency) {
    ArrayNode totals = Json.array();
    byCurrency
        .properties()
        .forEach(
            total ->
                totals
                    .addObject()
                    .put("amount", total.getValue().asString())
                    .put("currency", total.getKey()));
    return totals;
  }

  private static void put(ObjectNode view, String field, @Nullable Object value) {
    if (value != null) {
      view.put(field, value.toString());
    }
  }
}
