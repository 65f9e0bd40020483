package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Output;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Follows a rehearsal to its end, and says how far it has come. */
final class RehearsalWatch {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ApiClient api;
  private final Output out;
  private final String id;
  private String told = "";

  RehearsalWatch(ApiClient api, Output out, String id) {
    this.api = api;
    this.out = out;
    this.id = id;
  }

  /** Waits, and gives the rehearsal as it is then. */
  JsonNode untilItEnds(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      JsonNode now = api.get(ApiPath.of("rehearsals", id));
      tell(now);
      if (!Json.text(now, "state").equals("running")) {
        return now;
      }
      if (System.nanoTime() > end) {
        throw CliException.failed(
            "rehearsal %s still goes on after %d s. Follow it with `segue rehearsals show %s`."
                .formatted(id, patience.toSeconds(), id));
      }
      pause();
    }
  }

  private void tell(JsonNode rehearsal) {
    if (out.isJson()) {
      return;
    }
    JsonNode progress = rehearsal.path("progress");
    int all = progress.path("days").asInt(0);
    int open = progress.path("planned").asInt(0) + progress.path("running").asInt(0);
    String current =
        progress
            .path("current")
            .valueStream()
            .map(one -> (Json.text(one, "day") + " " + Json.text(one, "site")).strip())
            .collect(Collectors.joining(", "));
    String line =
        "%d of %d days%s".formatted(all - open, all, current.isEmpty() ? "" : "; now " + current);
    String held = Json.text(rehearsal, "held");
    String whole = held.isEmpty() ? line : line + ". " + held;
    if (!whole.equals(told)) {
      out.remark(whole);
      told = whole;
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CliException.failed(
          "interrupted; rehearsal %s goes on. Stop it with `segue rehearsals cancel %s`."
              .formatted(id, id),
          e);
    }
  }
}
