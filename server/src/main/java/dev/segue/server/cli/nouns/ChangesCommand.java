package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Intended effects outside Segue. */
@Command(name = "changes", description = "Change sets: what workflows intend to change.")
final class ChangesCommand {

  static final Column[] COLUMNS = {
    Column.of("ID", "id"),
    Column.of("STATE", "state"),
    Column.of("MODE", "mode"),
    Column.of("SITE", "site"),
    Column.of("COUNT", "count"),
    Column.of("TOTAL", "totals"),
    Column.time("PLANNED", "createdAt"),
    Column.cut("TITLE", "title"),
  };

  private final Session session;

  ChangesCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List change sets, newest first.")
  void list(
      @Option(
              names = "--state",
              split = ",",
              paramLabel = "STATE",
              description =
                  "planned, approved, rejected, superseded, applying, applied, partial, in-doubt"
                      + " or stale.")
          @Nullable List<String> states,
      @Option(names = "--run", paramLabel = "ID") @Nullable String run,
      @Option(names = "--site", paramLabel = "ID") @Nullable String site,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(),
                ApiPath.of("changes")
                    .withEach("state", states)
                    .with("run", run)
                    .with("site", site)),
            "No change sets.",
            COLUMNS);
  }

  @Command(name = "show", description = "Show a change set, before and after.")
  void show(@Parameters(paramLabel = "CHANGE_SET") String changeSet) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("changes", changeSet));
    if (out.isJson()) {
      out.json(found);
    } else {
      ChangeSetView.print(out, found);
    }
  }
}
