package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.output.Texts;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Follows a run until it has ended or can't go on without people, and says what happens. */
final class RunWatch {

  private static final Duration SHORTEST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Set<String> ENDED = Set.of("completed", "cancelled", "refused");

  private final ApiClient api;
  private final Output out;
  private final String id;
  private final Set<String> told = new HashSet<>();

  RunWatch(ApiClient api, Output out, String id) {
    this.api = api;
    this.out = out;
    this.id = id;
  }

  /** Waits, and gives the run as it is then. */
  JsonNode untilItRests(Duration patience) {
    if (!out.isJson()) {
      out.line("Run " + id + " has started.");
    }
    long end = System.nanoTime() + patience.toNanos();
    Duration pause = SHORTEST;
    while (true) {
      JsonNode run = api.get(ApiPath.of("runs", id));
      tell(run);
      if (rests(run)) {
        return run;
      }
      if (System.nanoTime() > end) {
        throw CliException.failed(
            "run %s still goes on after %d s. Follow it with `segue runs show %s`."
                .formatted(id, patience.toSeconds(), id));
      }
      pause(pause);
      pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
  }

  /** Says how it came out, and gives the exit code. */
  int conclude(JsonNode run) {
    String state = Json.text(run, "state");
    boolean waits = run.path("openApprovals").asInt(0) > 0;
    boolean good = state.equals("completed") || (waits && state.equals("active"));
    if (!out.isJson()) {
      out.line("");
      out.line(
          "Run %s is %s.%s"
              .formatted(id, state, Json.text(run, "error").isEmpty() ? "" : " " + error(run)));
      RunView.nextSteps(run).forEach(out::line);
    }
    return good ? 0 : CliException.FAILED;
  }

  private static String error(JsonNode run) {
    return Texts.clean(Json.text(run, "error"));
  }

  private static boolean rests(JsonNode run) {
    String state = Json.text(run, "state");
    return ENDED.contains(state)
        || state.equals("incident")
        || (state.equals("active") && run.path("openApprovals").asInt(0) > 0);
  }

  private void tell(JsonNode run) {
    if (out.isJson()) {
      return;
    }
    for (JsonNode entry : run.path("timeline")) {
      String ended = Json.text(entry, "endedAt");
      String key = Json.text(entry, "element") + " " + Json.text(entry, "startedAt");
      if (!ended.isEmpty() && !Json.text(entry, "stepType").isEmpty() && told.add(key)) {
        out.line(
            "  %s: %s (%s)"
                .formatted(
                    RunView.elementName(entry),
                    Texts.clean(Json.text(entry, "state")),
                    Texts.duration(entry.path("durationMillis"))));
      }
    }
  }

  private static void pause(Duration pause) {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed("interrupted; the run goes on.", e);
    }
  }
}
