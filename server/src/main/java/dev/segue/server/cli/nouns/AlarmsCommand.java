package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.session.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What operators should look at. */
@Command(name = "alarms", description = "What operators should look at.")
final class AlarmsCommand {

  private final Session session;

  AlarmsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List alarms, newest first.")
  void list(
      @Option(names = "--open", description = "Only those that are not cleared.") boolean open,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("alarms").with("open", open ? "true" : null)),
            "No alarms.",
            Column.of("SEVERITY", "severity"),
            Column.of("KIND", "kind"),
            Column.of("SUBJECT", "subject"),
            Column.time("RAISED", "raisedAt"),
            Column.time("CLEARED", "clearedAt"),
            Column.of("MESSAGE", "message"));
  }
}
