package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Column;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import dev.segue.server.cli.session.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What starts runs by itself. */
@Command(name = "triggers", description = "What starts runs by itself.")
final class TriggersCommand {

  private static final Column[] FIRING = {
    Column.time("DUE", "dueAt"), Column.of("LOCAL TIME", "local"), Column.of("DAY", "businessDate")
  };

  /** The key of a schedule's firing is its due time, which is shown already. */
  private static final Column EVENT =
      new Column(
          "EVENT",
          (row, texts) ->
              row.path("key").equals(row.path("dueAt")) ? "" : Texts.value(row.path("key")));

  private final Session session;

  TriggersCommand(Session session) {
    this.session = session;
  }

  @Command(name = "list", description = "List the triggers.")
  void list(
      @Option(names = "--workflow", paramLabel = "WORKFLOW") @Nullable String workflow,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(session.api(), ApiPath.of("triggers").with("workflow", workflow)),
            "No triggers. Add one with `segue triggers schedule` or `segue triggers webhook`.",
            Column.of("ID", "id"),
            Column.of("KIND", "kind"),
            Column.of("WORKFLOW", "workflow"),
            new Column("WHEN", (row, texts) -> Texts.value(row.path("schedule").path("cron"))),
            Column.of("PAUSED", "paused"),
            Column.cut("TITLE", "title"));
  }

  @Command(name = "show", description = "Show a trigger and when it fires next.")
  void show(@Parameters(paramLabel = "TRIGGER") String trigger) {
    Output out = session.out();
    JsonNode found = session.api().get(ApiPath.of("triggers", trigger));
    if (out.isJson()) {
      out.json(found);
      return;
    }
    out.fields(
        found,
        Column.of("id", "id"),
        Column.of("title", "title"),
        Column.of("workflow", "workflow"),
        Column.of("mode", "mode"),
        Column.of("schedule", "schedule"),
        Column.of("webhook", "webhook"),
        Column.of("variables", "variables"),
        Column.of("mapping", "mapping"),
        Column.of("paused", "paused"),
        Column.of("paused by", "pausedBy"),
        Column.of("because", "pauseReason"),
        Column.of("changed by", "changedBy"),
        Column.time("changed", "changedAt"));
    found.path("warnings").forEach(warning -> out.remark(warning.asString()));
    if (found.has("schedule")) {
      out.heading("Next");
      out.table(next(found.path("schedule"), null).path("firings"), FIRING);
    }
  }

  @Command(
      name = "schedule",
      description = {
        "Add or replace a schedule.",
        "Times are of the zone, or of each site: a time that a clock change leaves out fires when the gap ends, one that comes twice fires the first time."
      })
  void schedule(
      @Parameters(paramLabel = "ID") String trigger,
      @Option(
              names = "--cron",
              required = true,
              paramLabel = "CRON",
              description = "Five fields, six with the second in front, or such as @daily.")
          String cron,
      @Option(names = "--zone", paramLabel = "ZONE", description = "Such as Europe/Berlin.")
          @Nullable String zone,
      @Option(
              names = "--site",
              split = ",",
              paramLabel = "ID",
              description = "A run for each; `all` for all that there are.")
          @Nullable List<String> sites,
      @Option(
              names = "--set",
              paramLabel = "FIELD=TEXT|FIELD:=JSON",
              description =
                  "More of the schedule: siteGroup, closedDays, missed, missedLimit, overlap, jitter.")
          @Nullable List<String> more,
      @Mixin TriggerOptions options) {
    ObjectNode schedule = Values.collect("--set", null, more).put("cron", cron);
    if (zone != null) {
      schedule.put("zone", zone);
    }
    if (sites != null && sites.equals(List.of("all"))) {
      schedule.put("sites", "all");
    } else if (sites != null) {
      sites.forEach(schedule.putArray("sites")::add);
    }
    ObjectNode body = options.body();
    body.set("schedule", schedule);
    ApiClient api = session.api();
    JsonNode made = TriggerOptions.save(api, trigger, body, TriggerOptions.tag(api, trigger));
    session
        .out()
        .done(made, "Saved. `segue triggers show " + trigger + "` tells when it fires next.");
  }

  @Command(name = "preview", description = "Show the next ten times of a schedule.")
  void preview(
      @Option(names = "--cron", required = true, paramLabel = "CRON") String cron,
      @Option(names = "--zone", paramLabel = "ZONE") @Nullable String zone,
      @Option(names = "--site", paramLabel = "ID") @Nullable String site) {
    ObjectNode schedule = Json.object().put("cron", cron);
    if (zone != null) {
      schedule.put("zone", zone);
    }
    if (site != null) {
      schedule.putArray("sites").add(site);
    }
    JsonNode next = next(schedule, site);
    Output out = session.out();
    if (out.isJson()) {
      out.json(next);
    } else {
      out.table(next.path("firings"), FIRING);
    }
  }

  private JsonNode next(JsonNode schedule, @Nullable String site) {
    ObjectNode asked = Json.object();
    asked.set("schedule", schedule);
    if (site != null) {
      asked.put("site", site);
    }
    return session.api().post(ApiPath.of("schedule-preview"), asked);
  }

  @Command(name = "firings", description = "What became of a trigger's firings, newest first.")
  void firings(
      @Parameters(paramLabel = "TRIGGER") String trigger,
      @Option(
              names = "--outcome",
              paramLabel = "OUTCOME",
              description = "started, skipped, queued or refused.")
          @Nullable String outcome,
      @Mixin ListOptions page) {
    session
        .out()
        .list(
            page.list(
                session.api(), ApiPath.of("triggers", trigger, "firings").with("outcome", outcome)),
            "It has not fired yet.",
            Column.time("DUE", "dueAt"),
            EVENT,
            Column.of("SITE", "site"),
            Column.of("OUTCOME", "outcome"),
            Column.of("RUN", "run"),
            Column.cut("REASON", "reason"));
  }

  @Command(name = "pause", description = "Let a trigger start nothing.")
  void pause(
      @Parameters(paramLabel = "TRIGGER", arity = "0..1") @Nullable String trigger,
      @Option(names = "--all", description = "All triggers.") boolean all,
      @Option(names = "--reason", paramLabel = "TEXT") @Nullable String reason) {
    set(trigger, all, true, reason, "Paused. What falls due meanwhile is skipped.");
  }

  @Command(name = "resume", description = "Let a trigger start runs again.")
  void resume(
      @Parameters(paramLabel = "TRIGGER", arity = "0..1") @Nullable String trigger,
      @Option(names = "--all", description = "All triggers.") boolean all) {
    set(trigger, all, false, null, "Resumed.");
  }

  private void set(
      @Nullable String trigger, boolean all, boolean paused, @Nullable String reason, String done) {
    if ((trigger == null) != all) {
      throw CliException.wrongUse("name a trigger, or say --all.");
    }
    ObjectNode body = Json.object().put("paused", paused);
    if (reason != null) {
      body.put("reason", reason);
    }
    ApiPath path = trigger == null ? ApiPath.of("trigger-switch") : ApiPath.of("triggers", trigger);
    session.out().done(session.api().patch(path, body, null), done);
  }

  @Command(name = "remove", description = "Remove a trigger; what it started goes on.")
  void remove(@Parameters(paramLabel = "TRIGGER") String trigger) {
    session.out().done(session.api().delete(ApiPath.of("triggers", trigger)), "Removed.");
  }
}
