package dev.segue.server.cli.nouns;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.session.Session;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts a run, and watches it if asked. */
@Command(
    name = "run",
    description = "Start a workflow. --simulate applies nothing and shows what it would change.")
final class RunCommand implements Callable<Integer> {

  private final Session session;
  private final Clock clock;

  @Parameters(paramLabel = "WORKFLOW", description = "The workflow's id.")
  private String workflow = "";

  @Option(names = "--simulate", description = "Apply nothing; implies --wait.")
  private boolean simulate;

  @Option(names = "--of-version", paramLabel = "N", description = "The latest without it.")
  private @Nullable Integer version;

  @Option(names = "--site", paramLabel = "ID")
  private @Nullable String site;

  @Option(names = "--business-key", paramLabel = "KEY")
  private @Nullable String businessKey;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description = "Simulate with what was known then.")
  private @Nullable String asOf;

  @Option(
      names = "--knowledge",
      paramLabel = "WHICH",
      description =
          "With --as-of: recorded (the default), or business-day, by which what was recorded late counts from the time it tells of.")
  private @Nullable String knowledge;

  @Option(
      names = "--var",
      paramLabel = "NAME=TEXT|NAME:=JSON",
      description = "A variable; may be repeated.")
  private @Nullable List<String> variables;

  @Option(names = "--variables", paramLabel = "FILE", description = "Variables in YAML or JSON.")
  private @Nullable Path variablesFile;

  @Option(
      names = "--wait",
      negatable = true,
      description = "Wait until it has ended or waits for people.")
  private @Nullable Boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait (${DEFAULT-VALUE}).")
  private int timeout = 3600;

  RunCommand(Session session, Clock clock) {
    this.session = session;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    Output out = session.out();
    ApiClient api = session.api();
    JsonNode started = api.post(ApiPath.of("runs"), request(out));
    String id = Json.text(started, "id");
    if (!(wait == null ? simulate : wait)) {
      out.done(
          started, "Run %s has started. Follow it with `segue runs show %s`.".formatted(id, id));
      return 0;
    }
    RunWatch watch = new RunWatch(api, out, id);
    JsonNode run = watch.untilItRests(Duration.ofSeconds(timeout));
    if (simulate) {
      showChanges(api, out, run);
    } else if (out.isJson()) {
      out.json(run);
    }
    return watch.conclude(run);
  }

  private ObjectNode request(Output out) {
    ObjectNode request = Json.object().put("workflow", workflow);
    if (simulate) {
      request.put("mode", "simulated");
    }
    if (version != null) {
      request.put("version", version);
    }
    if (site != null) {
      request.put("site", site);
    }
    if (businessKey != null) {
      request.put("businessKey", businessKey);
    }
    Instant then = Times.parse("--as-of", asOf, clock.instant(), out.texts().zone());
    if (then != null) {
      if (!simulate) {
        throw CliException.wrongUse("--as-of needs --simulate: a live run acts on what is now.");
      }
      request.put("asOf", then.toString());
    }
    if (knowledge != null) {
      if (then == null) {
        throw CliException.wrongUse("--knowledge needs --as-of.");
      }
      request.put("knowledge", knowledge);
    }
    ObjectNode values = Values.collect("--var", variablesFile, variables);
    if (!values.isEmpty()) {
      request.set("variables", values);
    }
    return request;
  }

  /** Shows each change list; in JSON it takes the place of the run's summary of it. */
  private static void showChanges(ApiClient api, Output out, JsonNode run) {
    ArrayNode details = Json.array();
    run.path("changes")
        .forEach(set -> details.add(api.get(ApiPath.of("changes", Json.text(set, "id")))));
    if (out.isJson()) {
      out.json(run.asObject().deepCopy().set("changes", details));
      return;
    }
    if (details.isEmpty()) {
      out.line("It would change nothing.");
    }
    details.forEach(
        set -> {
          out.line("");
          ChangeSetView.print(out, set);
        });
  }
}
