package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.Session;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deployed workflows. */
@Command(name = "workflows", description = "Deployed workflows and their versions.")
final class WorkflowsCommand {

  private final Session session;

  WorkflowsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the deployed workflows.")
  void list(@Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("workflows")),
            "No workflow is deployed yet. Deploy one with `segue deploy PATH`.",
            Column.of("ID", "id"),
            Column.of("VERSION", "version"),
            Column.of("PAUSED", "paused"),
            new Column("HEALTH", (row, texts) -> Texts.value(row.path("health").path("state"))),
            new Column(
                "LAST RUN", (row, texts) -> texts.time(row.path("health").path("lastRunAt"))),
            Column.cut("TITLE", "title"),
            Column.time("UPDATED", "updatedAt"));
  }

  @Command(name = "show", description = "Show a workflow.")
  void show(@Parameters(paramLabel = "WORKFLOW") String workflow) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("workflows", workflow));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("id", "id"),
        Column.of("title", "title"),
        Column.of("description", "description"),
        Column.of("version", "version"),
        Column.of("paused", "paused"),
        Column.of("pinned", "pinned"),
        new Column("health", (row, texts) -> health(row.path("health"))),
        Column.of("steps", "stepTypes"),
        Column.of("forms", "forms"),
        Column.time("created", "createdAt"),
        Column.time("updated", "updatedAt"));
    DeployCommand.printFindings(out, found.path("findings"));
  }

  private static String health(JsonNode health) {
    return health.isMissingNode()
        ? ""
        : "%s: %s runs in 7 days, %s completed, %s failed, %s cancelled; %s active, %s open incidents"
            .formatted(
                Texts.value(health.path("state")),
                Texts.value(health.path("runs")),
                Texts.value(health.path("completed")),
                Texts.value(health.path("failed")),
                Texts.value(health.path("cancelled")),
                Texts.value(health.path("active")),
                Texts.value(health.path("openIncidents")));
  }

  @Command(name = "versions", description = "List a workflow's versions, newest first.")
  void versions(@Parameters(paramLabel = "WORKFLOW") String workflow, @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("workflows", workflow, "versions")),
            "It has no versions.",
            Column.of("VERSION", "version"),
            Column.time("DEPLOYED", "deployedAt"),
            Column.of("BY", "deployedBy"),
            Column.of("STEPS", "stepTypes"));
  }

  @Command(name = "diagram", description = "Print a version's BPMN diagram.")
  void diagram(
      @Parameters(paramLabel = "WORKFLOW") String workflow,
      @Option(names = "--of-version", paramLabel = "N", description = "The latest without it.")
          @Nullable Integer version) {
    String wanted =
        version != null
            ? version.toString()
            : Json.text(session.api().get(ApiPath.of("workflows", workflow)), "version");
    session
        .out()
        .document(
            session
                .api()
                .document(ApiPath.of("workflows", workflow, "versions", wanted, "diagram")));
  }

  @Command(name = "pause", description = "Start no new runs of a workflow.")
  void pause(@Parameters(paramLabel = "WORKFLOW") String workflow) {
    setPaused(workflow, true, "Paused. What runs goes on; nothing new starts.");
  }

  @Command(name = "resume", description = "Let a workflow start runs again.")
  void resume(@Parameters(paramLabel = "WORKFLOW") String workflow) {
    setPaused(workflow, false, "Resumed.");
  }

  @Command(
      name = "pin",
      description = "Have its steps use a version of a plugin, or the newest in a range.")
  void pin(
      @Parameters(paramLabel = "WORKFLOW") String workflow,
      @Parameters(paramLabel = "PLUGIN") String plugin,
      @Parameters(paramLabel = "VERSIONS", description = "Such as 1.4.0, ^1.4 or 1.x.")
          String versions) {
    ObjectNode pinned = pinned(workflow).put(plugin, versions);
    setPinned(workflow, pinned, "Steps of " + plugin + " use " + versions + " from now on.");
  }

  @Command(name = "unpin", description = "Have its steps use whatever version serves.")
  void unpin(
      @Parameters(paramLabel = "WORKFLOW") String workflow,
      @Parameters(paramLabel = "PLUGIN") String plugin) {
    ObjectNode pinned = pinned(workflow);
    if (pinned.remove(plugin) == null) {
      throw CliException.failed(
          "%s isn't pinned to versions of %s. See `segue workflows show %s`."
              .formatted(workflow, plugin, workflow));
    }
    setPinned(workflow, pinned, "Steps of " + plugin + " use the version that serves.");
  }

  private ObjectNode pinned(String workflow) {
    JsonNode pinned = session.api().get(ApiPath.of("workflows", workflow)).path("pinned");
    return pinned instanceof ObjectNode known ? known.deepCopy() : Json.object();
  }

  private void setPinned(String workflow, ObjectNode pinned, String sentence) {
    ObjectNode body = Json.object();
    body.set("pinned", pinned);
    session
        .out()
        .done(session.api().patch(ApiPath.of("workflows", workflow), body, null), sentence);
  }

  private void setPaused(String workflow, boolean paused, String sentence) {
    JsonNode changed =
        session
            .api()
            .patch(ApiPath.of("workflows", workflow), Json.object().put("paused", paused), null);
    session.out().done(changed, sentence);
  }
}
