package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
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
import tools.jackson.databind.node.ObjectNode;

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

  @Command(
      name = "undo",
      description = {
        "Plan what takes an applied change set back.",
        "Nothing is taken back before somebody approves the set that this makes."
      })
  void undo(
      @Parameters(paramLabel = "CHANGE_SET") String changeSet,
      @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit trail.")
          @Nullable String reason,
      @Option(
              names = "--skip-irreversible",
              description = "Leave out changes that cannot be taken back.")
          boolean skipIrreversible) {
    ObjectNode body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    JsonNode undo =
        session
            .api()
            .post(
                ApiPath.of("changes", changeSet, "undo"),
                body.put("skipIrreversible", skipIrreversible));
    Output out = session.out();
    if (out.isJson()) {
      out.json(undo);
      return;
    }
    ChangeSetView.print(out, undo);
    out.line("");
    out.line("Nothing is undone yet. Approve it: segue changes approve " + Json.text(undo, "id"));
  }

  @Command(
      name = "approve",
      description = "Approve a change set outside of runs, such as an undo; it is applied at once.")
  void approve(
      @Parameters(paramLabel = "CHANGE_SET") String changeSet,
      @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
    decide(changeSet, "approve", comment);
  }

  @Command(name = "reject", description = "Reject a change set outside of runs.")
  void reject(
      @Parameters(paramLabel = "CHANGE_SET") String changeSet,
      @Option(
              names = "--comment",
              required = true,
              paramLabel = "TEXT",
              description = "Why, so that others can mend it.")
          String comment) {
    decide(changeSet, "reject", comment);
  }

  private void decide(String changeSet, String outcome, @Nullable String comment) {
    JsonNode seen = session.api().get(ApiPath.of("changes", changeSet));
    ObjectNode body = Json.object().put("outcome", outcome).put("hash", Json.text(seen, "hash"));
    if (comment != null) {
      body.put("comment", comment);
    }
    print(session.api().post(ApiPath.of("changes", changeSet, "decision"), body));
  }

  @Command(
      name = "settle",
      description = "Say whether the changes in doubt of a set outside of runs happened.")
  void settle(
      @Parameters(paramLabel = "CHANGE_SET") String changeSet,
      @Option(
              names = "--finding",
              required = true,
              paramLabel = "FINDING",
              description = "happened, did-not-happen (it is tried again) or skip.")
          String finding,
      @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
    ObjectNode body = Json.object().put("finding", finding);
    if (comment != null) {
      body.put("comment", comment);
    }
    print(session.api().post(ApiPath.of("changes", changeSet, "settlement"), body));
  }

  private void print(JsonNode set) {
    Output out = session.out();
    if (out.isJson()) {
      out.json(set);
    } else {
      ChangeSetView.print(out, set);
    }
  }
}
