package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Deploys a workflow. */
@Command(
    name = "deploy",
    description = "Deploy a workflow: its folder, a zip of it, or a single diagram.")
final class DeployCommand implements Runnable {

  private final Session session;

  @Parameters(paramLabel = "PATH", description = "A folder with workflow.yaml, a .zip, a .bpmn.")
  private Path path = Path.of(".");

  @Option(names = "--check", description = "Check and report, but deploy nothing.")
  private boolean check;

  DeployCommand(Session session) {
    this.session = session;
  }

  @Override
  public void run() {
    WorkflowPackage content = WorkflowPackage.read(path);
    JsonNode deployed =
        session
            .api()
            .upload(
                ApiPath.of("workflows").with("checkOnly", check ? "true" : null),
                content.contentType(),
                content.body());
    Output out = session.out();
    if (out.isJson()) {
      out.json(deployed);
      return;
    }
    for (JsonNode workflow : deployed.path("workflows")) {
      out.line(
          check
              ? "%s can be deployed.".formatted(Json.text(workflow, "workflow"))
              : "%s is deployed as version %s. Start it with `segue run %s`."
                  .formatted(
                      Json.text(workflow, "workflow"),
                      Json.text(workflow, "version"),
                      Json.text(workflow, "workflow")));
    }
    printFindings(out, deployed.path("findings"));
  }

  static void printFindings(Output out, JsonNode findings) {
    if (!findings.isEmpty()) {
      out.heading("Findings");
      out.table(
          findings,
          Column.of("SEVERITY", "severity"),
          Column.of("FILE", "resource"),
          Column.of("ELEMENT", "element"),
          Column.of("FINDING", "message"));
    }
  }
}
