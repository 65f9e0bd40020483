package dev.segue.runtime.changes;

import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.Json;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Change sets, changes and outcomes as JSON and back.
 *
 * <p>What comes back has the same content hash as what went in. A {@code BigDecimal} without a
 * fraction comes back as an {@code Integer}, {@code Long} or {@code BigInteger}. Reading throws
 * {@link IllegalArgumentException} or {@link BindingException} on anything that this class did not
 * write.
 */
public final class ChangeSetJson {

  private ChangeSetJson() {}

  /**
   * Writes a set.
   *
   * @param set the set
   * @return an object with {@code title}, {@code summary} and {@code changes}
   */
  public static ObjectNode write(ChangeSet set) {
    ObjectNode json = Json.object().put("title", set.title()).put("summary", set.summary());
    ArrayNode changes = json.putArray("changes");
    set.changes().forEach(change -> changes.add(write(change)));
    return json;
  }

  /**
   * Writes a change.
   *
   * @param change the change
   * @return an object with the names of the record; {@code amount}, {@code undo} and {@code
   *     validUntil} are null where the change has none
   */
  public static ObjectNode write(Change change) {
    ObjectNode json = Json.object();
    json.putObject("target")
        .put("kind", change.target().kind())
        .put("id", change.target().id())
        .put("label", change.target().label());
    json.put("title", change.title());
    json.put("reason", change.reason());
    json.put("effect", change.effect());
    json.set("before", Json.ofPlain(change.before()));
    json.set("after", Json.ofPlain(change.after()));
    ArrayNode editable = json.putArray("editable");
    change.editable().forEach(editable::add);
    Money amount = change.amount();
    if (amount == null) {
      json.putNull("amount");
    } else {
      json.putObject("amount")
          .put("amount", amount.amount().toPlainString())
          .put("currency", amount.currency().getCurrencyCode());
    }
    json.set("expected", Json.ofPlain(change.expected()));
    json.put("undo", change.undo());
    Instant validUntil = change.validUntil();
    return json.put("validUntil", validUntil == null ? null : validUntil.toString());
  }

  /**
   * Writes an outcome.
   *
   * @param outcome the outcome
   * @return an object whose {@code state} is {@code applied}, {@code stale} or {@code refused}
   */
  public static ObjectNode write(ChangeOutcome outcome) {
    return switch (outcome) {
      case ChangeOutcome.Applied applied -> {
        ObjectNode json =
            Json.object().put("state", "applied").put("reference", applied.reference());
        json.set("details", Json.ofPlain(applied.details()));
        yield json;
      }
      case ChangeOutcome.Stale stale ->
          Json.object().put("state", "stale").put("found", stale.found());
      case ChangeOutcome.Refused refused ->
          Json.object().put("state", "refused").put("reason", refused.reason());
    };
  }

  /**
   * Reads a set.
   *
   * @param json as written by {@link #write(ChangeSet)}
   * @return the set
   */
  public static ChangeSet readSet(JsonNode json) {
    List<Change> changes = new ArrayList<>();
    required(json, "changes").forEach(change -> changes.add(readChange(change)));
    return new ChangeSet(text(json, "title"), text(json, "summary"), changes);
  }

  /**
   * Reads a change.
   *
   * @param json as written by {@link #write(Change)}
   * @return the change
   */
  public static Change readChange(JsonNode json) {
    JsonNode target = required(json, "target");
    Set<String> editable = new LinkedHashSet<>();
    required(json, "editable").forEach(field -> editable.add(field.stringValue()));
    String validUntil = textOrNull(json, "validUntil");
    return new Change(
        new ChangeTarget(text(target, "kind"), text(target, "id"), text(target, "label")),
        text(json, "title"),
        text(json, "reason"),
        text(json, "effect"),
        Json.toPlain(required(json, "before")),
        Json.toPlain(required(json, "after")),
        editable,
        amount(json.path("amount")),
        Json.toPlain(required(json, "expected")),
        textOrNull(json, "undo"),
        validUntil == null ? null : Instant.parse(validUntil));
  }

  /**
   * Reads an outcome.
   *
   * @param json as written by {@link #write(ChangeOutcome)}
   * @return the outcome
   */
  public static ChangeOutcome readOutcome(JsonNode json) {
    String state = text(json, "state");
    return switch (state) {
      case "applied" ->
          new ChangeOutcome.Applied(
              text(json, "reference"), Json.toPlain(required(json, "details")));
      case "stale" -> new ChangeOutcome.Stale(text(json, "found"));
      case "refused" -> new ChangeOutcome.Refused(text(json, "reason"));
      default -> throw new IllegalArgumentException("unknown state of a change: '" + state + "'");
    };
  }

  private static @Nullable Money amount(JsonNode json) {
    return json.isObject() ? Money.of(text(json, "amount"), text(json, "currency")) : null;
  }

  private static JsonNode required(JsonNode json, String field) {
    JsonNode node = json.get(field);
    if (node == null || node.isNull()) {
      throw new IllegalArgumentException("the change set's JSON lacks the field '" + field + "'");
    }
    return node;
  }

  private static String text(JsonNode json, String field) {
    JsonNode node = required(json, field);
    if (!node.isString()) {
      throw new IllegalArgumentException("the field '" + field + "' must be a text");
    }
    return node.stringValue();
  }

  private static @Nullable String textOrNull(JsonNode json, String field) {
    return json.hasNonNull(field) ? text(json, field) : null;
  }
}
