package dev.segue.server.cli;

import dev.segue.server.cli.api.ApiClient;
import dev.segue.server.cli.api.ApiPath;
import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import dev.segue.server.cli.nouns.WorkflowPackage;
import dev.segue.server.cli.output.Output;
import dev.segue.server.cli.scenarios.ScenarioFile;
import dev.segue.server.cli.scenarios.ScenarioRunner;
import dev.segue.server.cli.scenarios.ScenarioRunner.Outcome;
import dev.segue.server.cli.session.HomeFolder;
import dev.segue.server.cli.session.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs a workflow package's scenarios on a server of their own. */
@Command(
    name = "test",
    description = "Run the scenarios of a workflow package on a server of their own.")
final class TestCommand implements Callable<Integer> {

  private static final Map<String, String> PRIVATE =
      Map.of("http.port", "0", "http.host", "127.0.0.1", "sample", "false");

  private final Session session;
  private final ServerLauncher launcher;
  private final Clock clock;

  @Parameters(paramLabel = "PACKAGE", description = "A folder with workflow.yaml and scenarios.")
  private Path folder = Path.of(".");

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description = "Only this one; may be repeated.")
  private @Nullable List<String> only;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long one scenario may take (${DEFAULT-VALUE}).")
  private int timeout = 300;

  @Option(names = "--keep", description = "Keep the server's folder, to look into its logs.")
  private boolean keep;

  TestCommand(Session session, ServerLauncher launcher, Clock clock) {
    this.session = session;
    this.launcher = launcher;
    this.clock = clock;
  }

  @Override
  public Integer call() {
    List<ScenarioFile> scenarios =
        ScenarioFile.of(folder).stream()
            .filter(file -> only == null || only.contains(file.name()))
            .toList();
    if (scenarios.isEmpty()) {
      throw CliException.wrongUse("no such scenario in " + folder.resolve("scenarios") + ".");
    }
    Output out = session.out();
    List<Outcome> outcomes = new ArrayList<>();
    Path place = newFolder();
    try (ServerLauncher.Server server = launcher.prepare(place.resolve("home"), PRIVATE)) {
      URI url = start(server, out);
      String token =
          new HomeFolder(place.resolve("home"))
              .token()
              .orElseThrow(() -> CliException.failed("the server left no token in " + place));
      ApiClient api = new ApiClient(url, token);
      ScenarioRunner runner =
          new ScenarioRunner(
              api, deploy(api), place.resolve("sales"), clock, Duration.ofSeconds(timeout));
      for (ScenarioFile file : scenarios) {
        Outcome outcome = runner.play(file);
        outcomes.add(outcome);
        say(out, outcome);
      }
    } finally {
      if (keep) {
        out.remark("The server's folder is " + place);
      } else {
        delete(place);
      }
    }
    return conclude(out, outcomes);
  }

  private static URI start(ServerLauncher.Server server, Output out) {
    try {
      return server.start(out::remark);
    } catch (CliException e) {
      throw e;
    } catch (Exception e) {
      throw CliException.failed("the server for the scenarios did not start: " + e.getMessage(), e);
    }
  }

  private String deploy(ApiClient api) {
    WorkflowPackage content = WorkflowPackage.read(folder);
    JsonNode deployed = api.upload(ApiPath.of("workflows"), content.contentType(), content.body());
    return Json.text(deployed.path("workflows").path(0), "workflow");
  }

  private static void say(Output out, Outcome outcome) {
    if (out.isJson()) {
      return;
    }
    out.line(
        "%s  %s: %s (%d s)"
            .formatted(
                outcome.passed() ? "ok    " : "FAILED",
                outcome.file().name(),
                outcome.file().title(),
                outcome.took().toSeconds()));
    outcome.differences().forEach(difference -> out.line("        " + difference));
  }

  private static int conclude(Output out, List<Outcome> outcomes) {
    long failed = outcomes.stream().filter(each -> !each.passed()).count();
    if (out.isJson()) {
      ArrayNode all = Json.array();
      for (Outcome outcome : outcomes) {
        ObjectNode one = all.addObject().put("scenario", outcome.file().name());
        one.put("title", outcome.file().title()).put("passed", outcome.passed());
        one.put("seconds", outcome.took().toSeconds());
        ArrayNode differences = one.putArray("differences");
        outcome.differences().forEach(differences::add);
      }
      out.json(all);
    } else {
      out.line("%d of %d scenarios passed.".formatted(outcomes.size() - failed, outcomes.size()));
    }
    return failed == 0 ? 0 : CliException.FAILED;
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("segue-test-");
    } catch (IOException e) {
      throw CliException.failed("no temporary folder can be made: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw CliException.failed(folder + " can't be removed (" + e.getMessage() + ").", e);
    }
  }
}
