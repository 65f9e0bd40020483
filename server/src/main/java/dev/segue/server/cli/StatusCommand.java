package dev.segue.server.cli;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.HomeFolder;
import dev.segue.server.cli.session.ServerFile;
import dev.segue.server.cli.session.Session;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** Says how the server is. */
@Command(
    name = "status",
    description =
        "Say whether Segue runs and how its parts are; exits with 0 only if all is ready.")
final class StatusCommand implements Callable<Integer> {

  private final Session session;

  StatusCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Output out = session.out();
    HomeFolder home = session.home();
    Optional<ServerFile> known = home.server();
    boolean elsewhere =
        session.namedUrl() != null || (known.isEmpty() && session.credentials().last().isPresent());
    if (!elsewhere && home.runningServer().isEmpty()) {
      out.done(
          Json.object().put("state", "stopped"),
          (known.isPresent()
                      ? "Segue has ended on %s without being stopped."
                      : "Segue isn't running on %s.")
                  .formatted(home.path())
              + " Start it with `segue up`.");
      return CliException.FAILED;
    }
    JsonNode status = session.api().get(ApiPath.of("status"));
    if (out.isJson()) {
      out.json(status);
    } else {
      print(out, status);
    }
    return Json.text(status, "state").equals("ready") ? 0 : CliException.FAILED;
  }

  private static void print(Output out, JsonNode status) {
    out.fields(
        status,
        Column.of("url", "url"),
        Column.of("state", "state"),
        Column.of("version", "version"),
        Column.time("since", "startedAt"),
        Column.of("open alarms", "openAlarms"));
    out.line("");
    out.table(
        status.path("components"),
        Column.of("PART", "name"),
        Column.of("STATE", "state"),
        Column.of("DETAIL", "detail"));
    if (status.path("servers").size() > 1) {
      out.heading("Servers");
      out.table(
          status.path("servers"),
          Column.of("ID", "id"),
          Column.of("HOST", "host"),
          Column.of("VERSION", "version"),
          Column.time("SINCE", "startedAt"),
          Column.time("HEARTBEAT", "heartbeatAt"));
    }
  }
}
