package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A change list as people compare it: one line for each field, before and after. */
final class ChangeSetView {

  private static final List<String> HEADER =
      List.of("#", "CHANGE", "STATE", "AMOUNT", "FIELD", "BEFORE", "AFTER");

  private ChangeSetView() {}

  static void print(Output out, JsonNode set) {
    out.fields(
        set,
        Column.of("change set", "id"),
        Column.of("title", "title"),
        Column.of("summary", "summary"),
        Column.of("state", "state"),
        Column.of("mode", "mode"),
        Column.of("site", "site"),
        Column.of("step", "stepType"),
        Column.of("run", "run"),
        Column.time("planned", "createdAt"),
        Column.time("valid until", "validUntil"),
        Column.of("supersedes", "supersedes"),
        Column.of("undoes", "undoes"),
        Column.of("undone by", "undoneBy"),
        Column.of("hash", "hash"));
    JsonNode changes = set.path("changes");
    out.line("");
    if (changes.isEmpty()) {
      out.line("It changes nothing.");
    } else {
      out.table(HEADER, rows(changes));
      out.line("");
      out.line(total(set));
    }
    printDecisions(out, set.path("decisions"));
  }

  static void printDecisions(Output out, JsonNode decisions) {
    if (!decisions.isEmpty()) {
      out.heading("Decisions");
      out.table(
          decisions,
          Column.time("AT", "decidedAt"),
          Column.of("BY", "by"),
          Column.of("OUTCOME", "outcome"),
          Column.of("STATE", "state"),
          Column.of("COMMENT", "comment"),
          Column.of("VOID BECAUSE", "voidReason"));
    }
  }

  /**
   * One row for each field that changes, and one for the reason; what belongs to the whole change
   * is on its first. What may be long is last, where it moves nothing aside.
   */
  static List<List<String>> rows(JsonNode changes) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode change : changes) {
      List<Difference> lines = new ArrayList<>(differences(change));
      String words = words(change);
      if (!words.isEmpty()) {
        lines.add(new Difference("(why)", "", words));
      }
      boolean first = true;
      for (Difference line : lines) {
        rows.add(
            List.of(
                first ? Json.text(change, "ordinal") : "",
                first ? Texts.clean(Json.text(change, "title")) : "",
                first ? Texts.clean(Json.text(change, "state")) : "",
                first ? Texts.value(change.path("amount")) : "",
                line.field(),
                line.before(),
                line.after()));
        first = false;
      }
    }
    return rows;
  }

  private record Difference(String field, String before, String after) {}

  private static List<Difference> differences(JsonNode change) {
    JsonNode before = change.path("before");
    JsonNode after = change.path("after");
    if (!(before.isObject() || before.isEmpty()) || !after.isObject()) {
      return List.of(new Difference("", Texts.value(before), Texts.value(after)));
    }
    Set<String> fields = new LinkedHashSet<>(before.propertyNames());
    fields.addAll(after.propertyNames());
    List<Difference> found = new ArrayList<>();
    for (String field : fields) {
      Difference difference = difference(field, before.path(field), after.path(field));
      if (!difference.before().equals(difference.after())) {
        found.add(difference);
      }
    }
    return found.isEmpty() ? List.of(new Difference("", "", "")) : found;
  }

  /** Two numbers get the same decimals, so that they can be compared at a glance. */
  private static Difference difference(String field, JsonNode before, JsonNode after) {
    if (before.isNumber() && after.isNumber()) {
      BigDecimal old = before.decimalValue();
      BigDecimal now = after.decimalValue();
      int decimals = Math.max(0, Math.max(old.scale(), now.scale()));
      return new Difference(
          Texts.clean(field),
          old.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString(),
          now.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString());
    }
    return new Difference(Texts.clean(field), Texts.value(before), Texts.value(after));
  }

  private static String words(JsonNode change) {
    List<String> words = new ArrayList<>();
    for (String field : List.of("reason", "message")) {
      String text = Texts.clean(Json.text(change, field));
      if (!text.isEmpty()) {
        words.add(text);
      }
    }
    String expected = Texts.value(change.path("expected"));
    if (!expected.isEmpty()) {
      words.add("expected: " + expected);
    }
    return String.join("; ", words);
  }

  private static String total(JsonNode set) {
    int count = set.path("count").asInt(set.path("changes").size());
    List<String> totals = new ArrayList<>();
    set.path("totals").forEach(total -> totals.add(Texts.value(total)));
    return count
        + (count == 1 ? " change" : " changes")
        + (totals.isEmpty() ? "" : ", in total " + String.join(", ", totals));
  }
}
