package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What needs help. */
@Command(name = "incidents", description = "Runs that can't go on without help.")
final class IncidentsCommand {

  private final Session session;

  IncidentsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List incidents, newest first.")
  void list(
      @Option(names = "--state", paramLabel = "STATE", description = "open, resolving or resolved.")
          @Nullable String state,
      @Option(names = "--workflow", paramLabel = "ID") @Nullable String workflow,
      @Option(names = "--run", paramLabel = "ID") @Nullable String run,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(),
                ApiPath.of("incidents")
                    .with("state", state)
                    .with("workflow", workflow)
                    .with("run", run)),
            "No incidents.",
            Column.of("ID", "id"),
            Column.of("WORKFLOW", "workflow"),
            Column.of("ELEMENT", "element"),
            Column.of("STATE", "state"),
            Column.of("KIND", "kind"),
            Column.of("IN DOUBT", "inDoubt"),
            Column.time("SINCE", "createdAt"),
            Column.cut("MESSAGE", "message"));
  }

  @Command(name = "show", description = "Show an incident and what can be done.")
  void show(@Parameters(paramLabel = "INCIDENT") String incident) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("incidents", incident));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("incident", "id"),
        Column.of("state", "state"),
        Column.of("run", "run"),
        Column.of("workflow", "workflow"),
        Column.of("element", "element"),
        Column.of("name", "elementName"),
        Column.of("kind", "kind"),
        Column.of("in doubt", "inDoubt"),
        Column.of("message", "message"),
        Column.of("actions", "actions"),
        Column.time("since", "createdAt"),
        Column.time("resolved", "resolvedAt"));
    for (JsonNode action : found.path("actions")) {
      out.line(
          "Resolve it: segue incidents resolve %s --action %s"
              .formatted(incident, action.asString("")));
    }
  }

  @Command(name = "resolve", description = "Resolve an incident.")
  void resolve(
      @Parameters(paramLabel = "INCIDENT") String incident,
      @Option(
              names = "--action",
              required = true,
              paramLabel = "ACTION",
              description =
                  "retry; for an effect in doubt: happened (go on), did-not-happen (do it again).")
          String action,
      @Option(names = "--retries", paramLabel = "N", description = "How often to try.")
          @Nullable Integer retries,
      @Option(
              names = "--var",
              paramLabel = "NAME=TEXT|NAME:=JSON",
              description = "A variable to set before going on; may be repeated.")
          @Nullable List<String> variables,
      @Option(names = "--variables", paramLabel = "FILE") @Nullable Path variablesFile,
      @Option(
              names = "--result",
              paramLabel = "NAME=TEXT|NAME:=JSON",
              description = "With happened: what the step would have returned; may be repeated.")
          @Nullable List<String> result,
      @Option(names = "--reason", paramLabel = "TEXT", description = "For the audit trail.")
          @Nullable String reason) {
    ObjectNode body = Json.object().put("action", action);
    if (retries != null) {
      body.put("retries", retries);
    }
    if (reason != null) {
      body.put("reason", reason);
    }
    if (variables != null || variablesFile != null) {
      body.set("variables", Values.collect("--var", variablesFile, variables));
    }
    if (result != null) {
      body.set("result", Values.collect("--result", null, result));
    }
    JsonNode answer = session.api().post(ApiPath.of("incidents", incident, "resolution"), body);
    session.out().done(answer, "It is being resolved.");
  }
}
