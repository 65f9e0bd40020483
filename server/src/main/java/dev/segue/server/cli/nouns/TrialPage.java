package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came of the trial of a step, for people. */
final class TrialPage {

  private static final List<String> CHANGES =
      List.of("#", "CHANGE", "STATE", "AMOUNT", "FIELD", "BEFORE", "AFTER");

  private TrialPage() {}

  /** Whether the step did its work. */
  static boolean succeeded(JsonNode trial) {
    return Json.text(trial, "outcome").equals("completed");
  }

  static void print(Output out, JsonNode trial) {
    out.fields(
        trial,
        Column.of("step", "step"),
        Column.of("version", "pluginVersion"),
        Column.of("outcome", "outcome"),
        Column.duration("took", "tookMillis"),
        Column.of("ignored", "ignored"));
    if (!trial.path("log").isEmpty()) {
      out.heading("Log");
      for (JsonNode line : trial.path("log")) {
        out.line(
            "%-5s %s".formatted(Json.text(line, "level"), Texts.clean(Json.text(line, "text"))));
      }
    }
    if (trial.path("logDropped").asInt() > 0) {
      out.line("… and %d more lines".formatted(trial.path("logDropped").asInt()));
    }
    if (trial.has("changes")) {
      changes(out, trial.path("changes"));
    }
    if (trial.has("output")) {
      out.heading("Output");
      out.document(Json.pretty(trial.path("output")));
    }
    if (trial.has("error")) {
      out.heading("Error");
      out.fields(
          trial.path("error"),
          Column.of("kind", "kind"),
          Column.of("code", "code"),
          Column.of("message", "message"),
          Column.of("again after", "retryAfterSeconds"));
    }
  }

  private static void changes(Output out, JsonNode set) {
    out.heading("Changes: " + Texts.clean(Json.text(set, "title")));
    if (set.path("changes").isEmpty()) {
      out.line("It would change nothing.");
    } else {
      out.table(CHANGES, ChangeSetView.rows(set.path("changes")));
    }
  }
}
