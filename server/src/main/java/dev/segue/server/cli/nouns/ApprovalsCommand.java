package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What waits for people. */
@Command(name = "approvals", description = "What waits for people's decisions.")
final class ApprovalsCommand {

  static final Column[] COLUMNS = {
    Column.of("ID", "id"),
    Column.of("STATE", "state"),
    Column.of("WORKFLOW", "workflow"),
    Column.of("MODE", "mode"),
    Column.of("SITE", "site"),
    Column.of("ASSIGNEE", "assignee"),
    Column.of("CHANGES", "changeCount"),
    Column.of("TOTAL", "totals"),
    Column.time("SINCE", "createdAt"),
    Column.time("DUE", "dueAt"),
    Column.cut("TITLE", "title"),
  };

  private final Session session;

  ApprovalsCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List approvals, the most urgent first.")
  void list(
      @Option(
              names = "--view",
              paramLabel = "VIEW",
              description =
                  "mine: assigned to me; groups: also what I may claim (default); all I may see.")
          @Nullable String view,
      @Option(
              names = "--state",
              split = ",",
              paramLabel = "STATE",
              description = "open, deciding, approved, rejected, completed or void.")
          @Nullable List<String> states,
      @Option(names = "--workflow", paramLabel = "ID") @Nullable String workflow,
      @Option(names = "--run", paramLabel = "ID") @Nullable String run,
      @Option(names = "--site", paramLabel = "ID") @Nullable String site,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(),
                ApiPath.of("approvals")
                    .with("view", view)
                    .withEach("state", states)
                    .with("workflow", workflow)
                    .with("run", run)
                    .with("site", site)),
            "No approvals.",
            COLUMNS);
  }

  @Command(name = "show", description = "Show an approval with its form and change lists.")
  void show(@Parameters(paramLabel = "APPROVAL") String approval) {
    JsonNode found = session.api().get(ApiPath.of("approvals", approval));
    if (session.out().isJson()) {
      session.out().json(found);
    } else {
      ApprovalView.print(session.out(), found);
    }
  }

  @Command(name = "claim", description = "Take an approval on.")
  void claim(@Parameters(paramLabel = "APPROVAL") String approval) {
    JsonNode answer = session.api().post(ApiPath.of("approvals", approval, "claim"));
    session.out().done(answer, "It is yours.");
  }

  @Command(name = "unclaim", description = "Give an approval back.")
  void unclaim(@Parameters(paramLabel = "APPROVAL") String approval) {
    JsonNode answer = session.api().delete(ApiPath.of("approvals", approval, "claim"));
    session.out().done(answer, "It is given back.");
  }

  @Command(name = "delegates", description = "List to whom an approval may be handed.")
  void delegates(@Parameters(paramLabel = "APPROVAL") String approval) {
    session
        .out()
        .list(
            session.api().listWhole(ApiPath.of("approvals", approval, "delegates")),
            "There is nobody else who may decide it.",
            Column.of("USER", "username"),
            Column.of("NAME", "displayName"));
  }

  @Command(name = "delegate", description = "Hand an approval to somebody else.")
  void delegate(
      @Parameters(paramLabel = "APPROVAL") String approval,
      @Option(names = "--to", required = true, paramLabel = "USER") String to,
      @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment) {
    ObjectNode body = Json.object().put("to", to);
    if (comment != null) {
      body.put("comment", comment);
    }
    JsonNode answer = session.api().post(ApiPath.of("approvals", approval, "delegation"), body);
    session.out().done(answer, "It is handed to " + to + ".");
  }

  @Command(name = "comment", description = "Comment on an approval.")
  void comment(
      @Parameters(index = "0", paramLabel = "APPROVAL") String approval,
      @Parameters(index = "1", paramLabel = "TEXT") String text) {
    JsonNode answer =
        session
            .api()
            .post(ApiPath.of("approvals", approval, "comments"), Json.object().put("body", text));
    session.out().done(answer, "Written.");
  }

  @Command(
      name = "approve",
      description = "Approve: exactly the change lists as they are now, or with edits.")
  void approve(
      @Parameters(paramLabel = "APPROVAL") String approval,
      @Option(names = "--comment", paramLabel = "TEXT") @Nullable String comment,
      @Option(
              names = "--hash",
              paramLabel = "HASH",
              description = "Refuse unless a change list still has this hash; once for each list.")
          @Nullable List<String> hashes,
      @Option(
              names = "--edit",
              paramLabel = "[SET:]ORDINAL:FIELD=TEXT|:=JSON",
              description = "Give a change's field another value; may be repeated.")
          @Nullable List<String> edits,
      @Option(
              names = "--remove",
              paramLabel = "[SET:]ORDINAL",
              description = "Leave a change out; may be repeated.")
          @Nullable List<String> removals,
      @Option(
              names = "--form",
              paramLabel = "NAME=TEXT|NAME:=JSON",
              description = "A field of the form; may be repeated.")
          @Nullable List<String> form) {
    ObjectNode body = Json.object().put("outcome", "approve");
    JsonNode seen = session.api().get(ApiPath.of("approvals", approval));
    EditOptions changed = new EditOptions(seen.path("changes"));
    changed.edit(edits == null ? List.of() : edits);
    changed.remove(removals == null ? List.of() : removals);
    if (!changed.toJson().isEmpty()) {
      body.set("edits", changed.toJson());
    }
    var bound = Json.array();
    if (hashes != null) {
      hashes.forEach(bound::add);
    } else {
      seen.path("changes").forEach(set -> bound.add(Json.text(set, "hash")));
    }
    if (!bound.isEmpty()) {
      body.set("hashes", bound);
    }
    decide(approval, body, comment, form, "Approved.");
  }

  @Command(name = "reject", description = "Reject; nothing of it is applied.")
  void reject(
      @Parameters(paramLabel = "APPROVAL") String approval,
      @Option(
              names = "--comment",
              required = true,
              paramLabel = "TEXT",
              description = "Why, for those who planned it.")
          String comment,
      @Option(names = "--form", paramLabel = "NAME=TEXT|NAME:=JSON") @Nullable List<String> form) {
    decide(approval, Json.object().put("outcome", "reject"), comment, form, "Rejected.");
  }

  private void decide(
      String approval,
      ObjectNode body,
      @Nullable String comment,
      @Nullable List<String> form,
      String sentence) {
    if (comment != null) {
      body.put("comment", comment);
    }
    if (form != null) {
      body.set("form", Values.collect("--form", null, form));
    }
    JsonNode answer = session.api().post(ApiPath.of("approvals", approval, "decision"), body);
    boolean open = Json.text(answer, "state").equals("open");
    session
        .out()
        .done(
            answer,
            open
                ? "Your vote counts: %s of %s."
                    .formatted(Json.text(answer, "votes"), Json.text(answer, "quorum"))
                : sentence);
  }
}
