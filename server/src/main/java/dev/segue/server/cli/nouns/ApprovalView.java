package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An approval with all that a decision needs, for people. */
final class ApprovalView {

  private ApprovalView() {}

  static void print(Output out, JsonNode approval) {
    out.fields(
        approval,
        Column.of("approval", "id"),
        Column.of("title", "title"),
        Column.of("description", "description"),
        Column.of("state", "state"),
        Column.of("mode", "mode"),
        Column.of("workflow", "workflow"),
        Column.of("run", "run"),
        Column.of("site", "site"),
        Column.of("assignee", "assignee"),
        Column.of("groups", "candidateGroups"),
        Column.of("users", "candidateUsers"),
        Column.of("not by", "notBy"),
        new Column("votes", (row, texts) -> votes(row)),
        Column.of("you may decide", "mayDecide"),
        Column.time("since", "createdAt"),
        Column.time("due", "dueAt"),
        Column.time("ended", "endedAt"));
    printForm(out, approval);
    for (JsonNode set : approval.path("changes")) {
      out.line("");
      ChangeSetView.print(out, set);
    }
    if (!approval.path("comments").isEmpty()) {
      out.heading("Comments");
      out.table(
          approval.path("comments"),
          Column.time("AT", "writtenAt"),
          Column.of("BY", "author"),
          Column.of("COMMENT", "body"));
    }
    ChangeSetView.printDecisions(out, approval.path("decisions"));
    if (Json.text(approval, "state").equals("open")) {
      out.heading(
          "Decide: segue approvals approve %1$s, or segue approvals reject %1$s --comment TEXT"
              .formatted(Json.text(approval, "id")));
    }
  }

  private static String votes(JsonNode approval) {
    int quorum = approval.path("quorum").asInt(1);
    return quorum > 1 ? approval.path("votes").asInt(0) + " of " + quorum : "";
  }

  /** Lists the form's fields with their values; their keys are what {@code --form} takes. */
  private static void printForm(Output out, JsonNode approval) {
    List<List<String>> rows = new ArrayList<>();
    JsonNode values = approval.path("formValues");
    for (JsonNode field : approval.path("form").path("components")) {
      String key = Json.text(field, "key");
      if (!key.isEmpty()) {
        rows.add(
            List.of(
                Texts.clean(key),
                Texts.clean(Json.text(field, "label")),
                Texts.clean(Json.text(field, "type")),
                Texts.value(values.path(key))));
      }
    }
    if (!rows.isEmpty()) {
      out.heading("Form");
      out.table(List.of("FIELD", "LABEL", "TYPE", "VALUE"), rows);
    }
  }
}
