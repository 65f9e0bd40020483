package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rehearses a workflow over past days, and shows what came of it. */
@Command(
    name = "rehearse",
    description = {
      "Run a workflow for each of many past days, with what was known then.",
      "Nothing is applied. Shows what it would have changed, and what followed where the data tell."
    })
final class RehearseCommand implements Callable<Integer> {

  private final Session session;

  @Parameters(paramLabel = "WORKFLOW", description = "The workflow's id.")
  private String workflow = "";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DAY",
      description = "The first day, such as 2026-03-01.")
  private String from = "";

  @Option(names = "--to", required = true, paramLabel = "DAY", description = "The last day.")
  private String to = "";

  @Option(
      names = "--site",
      split = ",",
      paramLabel = "ID",
      description = "A run for each; `all` for all. Those of the workflow's schedule without it.")
  private @Nullable List<String> sites;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "The time of each day, such as 05:00. The workflow's schedule decides without it, or the site's opening.")
  private @Nullable String at;

  @Option(names = "--zone", paramLabel = "ZONE", description = "Of runs of no site.")
  private @Nullable String zone;

  @Option(
      names = "--knowledge",
      paramLabel = "WHICH",
      description =
          "business-day: what was recorded late counts from the time it tells of (the default). recorded: only what had been recorded by then counts.")
  private @Nullable String knowledge;

  @Option(
      names = "--answer",
      paramLabel = "ANSWER",
      description = "What approvals are answered: approve (the default) or reject.")
  private @Nullable String answer;

  @Option(names = "--of-version", paramLabel = "N", description = "The latest without it.")
  private @Nullable Integer version;

  @Option(
      names = "--var",
      paramLabel = "NAME=TEXT|NAME:=JSON",
      description = "A variable of each run, over those of the workflow's schedule.")
  private @Nullable List<String> variables;

  @Option(names = "--variables", paramLabel = "FILE", description = "Variables in YAML or JSON.")
  private @Nullable Path variablesFile;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "How many runs go on at a time, 1 to 8; 2 without it.")
  private @Nullable Integer concurrency;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the report there: all of it as .json, or the changes as .csv.")
  private @Nullable Path file;

  @Option(names = "--no-wait", description = "Don't wait; it goes on by itself.")
  private boolean noWait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait (${DEFAULT-VALUE}).")
  private int timeout = 86_400;

  RehearseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (file != null && noWait) {
      throw CliException.wrongUse("--out needs the report, so it can't go with --no-wait.");
    }
    RehearsalFile.check(file);
    Output out = session.out();
    ApiClient api = session.api();
    JsonNode started = api.post(ApiPath.of("rehearsals"), request());
    String id = Json.text(started, "id");
    if (noWait) {
      out.done(
          started, "Rehearsal %s has started. See `segue rehearsals show %s`.".formatted(id, id));
      return 0;
    }
    JsonNode ended = new RehearsalWatch(api, out, id).untilItEnds(Duration.ofSeconds(timeout));
    List<JsonNode> days = RehearsalReport.days(api, id);
    if (file != null) {
      RehearsalFile.write(file, ended, days);
    }
    RehearsalReport.print(out, ended, days);
    if (file != null && !out.isJson()) {
      out.line("The report is in " + file + ".");
    }
    JsonNode progress = ended.path("progress");
    boolean good =
        Json.text(ended, "state").equals("completed") && progress.path("failed").asInt(0) == 0;
    return good ? 0 : CliException.FAILED;
  }

  private ObjectNode request() {
    ObjectNode request = Json.object().put("workflow", workflow);
    request.put("from", day("--from", from)).put("to", day("--to", to));
    if (sites != null && sites.equals(List.of("all"))) {
      request.put("sites", "all");
    } else if (sites != null) {
      sites.forEach(request.putArray("sites")::add);
    }
    put(request, "at", at);
    put(request, "zone", zone);
    put(request, "knowledge", knowledge);
    put(request, "answer", answer);
    if (version != null) {
      request.put("version", version);
    }
    if (concurrency != null) {
      request.put("concurrency", concurrency);
    }
    ObjectNode values = Values.collect("--var", variablesFile, variables);
    if (!values.isEmpty()) {
      request.set("variables", values);
    }
    return request;
  }

  private static void put(ObjectNode request, String field, @Nullable String value) {
    if (value != null) {
      request.put(field, value);
    }
  }

  private static String day(String option, String text) {
    try {
      return LocalDate.parse(text).toString();
    } catch (DateTimeParseException e) {
      throw CliException.wrongUse(
          "%s: `%s` is no day. Write such as 2026-03-01.".formatted(option, text));
    }
  }
}
