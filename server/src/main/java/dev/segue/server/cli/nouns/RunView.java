package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A run with all that happened in it, for people. */
final class RunView {

  static final Column[] TIMELINE = {
    Column.time("STARTED", "startedAt"),
    new Column("ELEMENT", (row, texts) -> elementName(row)),
    Column.of("STATE", "state"),
    Column.duration("TOOK", "durationMillis"),
    new Column("PLUGIN", (row, texts) -> plugin(row)),
    Column.of("ATTEMPTS", "attempts"),
    new Column("RESULT", (row, texts) -> result(row)),
  };

  static final Column[] INCIDENTS = {
    Column.of("ID", "id"),
    Column.of("STATE", "state"),
    new Column("ELEMENT", (row, texts) -> incidentElement(row)),
    Column.of("KIND", "kind"),
    Column.of("ACTIONS", "actions"),
    Column.time("SINCE", "createdAt"),
    Column.of("MESSAGE", "message"),
  };

  private static final int LONG_RESULT = 100;

  private RunView() {}

  /**
   * Prints it.
   *
   * @param verbose whether what steps got and returned is printed in full
   */
  static void print(Output out, JsonNode run, boolean verbose) {
    out.fields(
        run,
        Column.of("run", "id"),
        new Column("workflow", (row, texts) -> workflow(row)),
        Column.of("state", "state"),
        Column.of("mode", "mode"),
        Column.of("site", "site"),
        Column.of("business key", "businessKey"),
        Column.time("as of", "asOf"),
        Column.of("knowledge", "knowledge"),
        Column.of("parent", "parent"),
        Column.of("started by", "startedBy"),
        Column.time("started", "startedAt"),
        Column.time("ended", "endedAt"),
        Column.of("cancelled", "cancelReason"),
        Column.of("error", "error"));
    part(out, "Timeline", run.path("timeline"), TIMELINE);
    int omitted = run.path("timelineOmitted").asInt(0);
    if (omitted > 0) {
      out.line(
          "%d earlier entries are left out: `segue runs timeline %s --all`."
              .formatted(omitted, Json.text(run, "id")));
    }
    if (verbose) {
      printInputsAndResults(out, run.path("timeline"));
    }
    part(out, "Incidents", run.path("incidents"), INCIDENTS);
    part(out, "Approvals", run.path("approvals"), ApprovalsCommand.COLUMNS);
    part(out, "Changes", run.path("changes"), ChangesCommand.COLUMNS);
    printVariables(out, run.path("variables"));
    for (String next : nextSteps(run)) {
      out.heading(next);
    }
  }

  /** What a person can do about the state of the run. */
  static List<String> nextSteps(JsonNode run) {
    List<String> steps = new ArrayList<>();
    for (JsonNode approval : run.path("approvals")) {
      if (Json.text(approval, "state").equals("open")) {
        steps.add(
            "It waits for approval: `segue approvals show %1$s`, then `segue approvals approve %1$s`."
                .formatted(Json.text(approval, "id")));
      }
    }
    for (JsonNode incident : run.path("incidents")) {
      if (Json.text(incident, "state").equals("open")) {
        steps.add(
            "It needs help: `segue incidents show %1$s`, then `segue incidents resolve %1$s`."
                .formatted(Json.text(incident, "id")));
      }
    }
    return steps;
  }

  static String elementName(JsonNode row) {
    String name = Json.text(row, "name");
    return Texts.clean(name.isEmpty() ? Json.text(row, "element") : name);
  }

  private static void part(Output out, String heading, JsonNode rows, Column... columns) {
    if (!rows.isEmpty()) {
      out.heading(heading);
      out.table(rows, columns);
    }
  }

  private static void printInputsAndResults(Output out, JsonNode timeline) {
    for (JsonNode entry : timeline) {
      if (entry.has("input") || entry.has("result")) {
        out.heading(elementName(entry));
        entry
            .path("input")
            .forEachEntry((name, value) -> out.line("  " + shown("got", name, value)));
        if (entry.has("result")) {
          out.line("  " + shown("returned", "", entry.path("result")));
        }
      }
    }
  }

  private static String shown(String verb, String name, JsonNode value) {
    String subject = name.isEmpty() ? verb : verb + " " + name;
    return Texts.clean(subject + ": " + Json.compact(value));
  }

  private static void printVariables(Output out, JsonNode variables) {
    if (variables.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    variables.forEachEntry(
        (name, value) -> rows.add(List.of(Texts.clean(name), cut(Json.compact(value)))));
    out.heading("Variables");
    out.table(List.of("NAME", "VALUE"), rows);
  }

  private static String workflow(JsonNode row) {
    String version = Json.text(row, "version");
    return Texts.clean(
        Json.text(row, "workflow") + (version.isEmpty() ? "" : " (version " + version + ")"));
  }

  private static String plugin(JsonNode row) {
    return Texts.clean((Json.text(row, "plugin") + " " + Json.text(row, "pluginVersion")).strip());
  }

  private static String incidentElement(JsonNode row) {
    String name = Json.text(row, "elementName");
    return Texts.clean(name.isEmpty() ? Json.text(row, "element") : name);
  }

  private static String result(JsonNode row) {
    String message = Json.text(row, "message");
    return cut(message.isEmpty() ? Texts.value(row.path("result")) : Texts.clean(message));
  }

  private static String cut(String text) {
    return text.length() <= LONG_RESULT ? text : text.substring(0, LONG_RESULT - 1) + "…";
  }
}
