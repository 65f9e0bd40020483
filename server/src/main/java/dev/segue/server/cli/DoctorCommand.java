package dev.segue.server.cli;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;

/** Looks for what keeps Segue from running well on this machine. */
@Command(
    name = "doctor",
    description = "Check this machine, the home folder and the server, and say how to mend them.")
final class DoctorCommand implements Callable<Integer> {

  private final Session session;

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Diagnosis> found = new Examination(session).all();
    Output out = session.out();
    if (out.isJson()) {
      ArrayNode all = Json.array();
      for (Diagnosis diagnosis : found) {
        all.addObject()
            .put("check", diagnosis.check())
            .put("state", diagnosis.state().word())
            .put("detail", diagnosis.detail())
            .put("mend", diagnosis.mend());
      }
      out.json(all);
    } else {
      out.table(
          List.of("STATE", "CHECK", "FOUND", "WHAT TO DO"),
          found.stream()
              .map(
                  diagnosis ->
                      List.of(
                          diagnosis.state().word(),
                          diagnosis.check(),
                          diagnosis.detail(),
                          diagnosis.mend()))
              .toList());
    }
    boolean failed = found.stream().anyMatch(d -> d.state() == Diagnosis.State.FAIL);
    return failed ? CliException.FAILED : 0;
  }
}
