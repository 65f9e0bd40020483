package dev.segue.server.bench;

import dev.segue.bpmn.engine.JobSubscription;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.server.bench.ClosedLoop.Slice;
import dev.segue.server.http.Json;
import dev.segue.server.steps.StepsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** Measures Segue beside a bare client worker, slice by slice in turns, and prints both. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures runs of four steps in sequence: Segue's, and a bare client worker's on the same broker.")
public final class Benchmark implements Callable<Integer> {

  private static final Duration RAMP = Duration.ofSeconds(2);
  private static final Duration WARM_UP_SLICE = Duration.ofSeconds(5);
  private static final int SINGLES_AT_A_TIME = 20;

  @Option(names = "--zeebe", required = true, description = "The unpacked Zeebe distribution.")
  private @Nullable Path zeebe;

  @Option(names = "--exporter", required = true, description = "The exporter's jar.")
  private @Nullable Path exporter;

  @Option(names = "--recorder", required = true, description = "The recorder plugin's zip.")
  private @Nullable Path recorder;

  @Option(
      names = "--folder",
      defaultValue = "target",
      description = "Where the data lies while it runs; not in memory. Default: target")
  private Path folder = Path.of("target");

  @Option(names = "--warm-up", defaultValue = "90", description = "Seconds. Default: 90")
  private int warmUp;

  @Option(
      names = "--slice",
      defaultValue = "10",
      description = "Seconds that each workload is measured in its turn. Default: 10")
  private int slice;

  @Option(
      names = "--rounds",
      defaultValue = "6",
      description = "How often each workload has its turn. Default: 6")
  private int rounds;

  @Option(names = "--in-flight", defaultValue = "100", description = "Runs at a time. Default: 100")
  private int inFlight;

  @Option(
      names = "--singles",
      defaultValue = "200",
      description = "Runs of each workload, one at a time, for the latency of a step. Default: 200")
  private int singles;

  /** Runs the benchmark and exits. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Plan plan =
        new Plan(
            Duration.ofSeconds(warmUp), RAMP, Duration.ofSeconds(slice), rounds, inFlight, singles);
    try (Cleanup cleanup = new Cleanup()) {
      Path home = Files.createTempDirectory(folder.toAbsolutePath(), "bench");
      cleanup.add(() -> delete(home));
      measure(plan, home, cleanup);
    }
    return 0;
  }

  private void measure(Plan plan, Path home, Cleanup cleanup) throws Exception {
    StepsSettings settings = StepsSettings.defaults();
    JobWatch watch = new JobWatch();
    Stack stack = Stack.start(home, given(zeebe), given(exporter), watch::watching, cleanup);
    SegueParts segue = cleanup.add(new SegueParts(stack, settings, home, given(recorder)));
    segue.start();
    stack.engine().deploy(List.of(Resource.of("bench-bare.bpmn", Workload.BARE.diagram())));
    stack.serveBare(bareSubscription(settings));
    Processes processes = new Processes(stack.brokerPid(), stack.databasePid());
    Report report = new Report(System.out, processes);
    report.setting(stack, plan, home);
    ClosedLoop loop = new ClosedLoop(watch, workload -> start(workload, stack, segue));
    Backlog backlog = new Backlog(stack.database());
    warmUp(plan, loop, backlog, report);
    for (int round = 1; round <= plan.rounds(); round++) {
      round(round, plan, loop, backlog, report);
    }
    singles(plan, loop, report);
    backlog.awaitNone();
    report.summary();
  }

  /** Like the dispatcher's, so that both get the same from the broker. */
  private static JobSubscription bareSubscription(StepsSettings settings) {
    return new JobSubscription(
        Workload.BARE.jobType(),
        "bench-bare",
        settings.jobTimeout(),
        settings.concurrencyPerPlugin(),
        List.of("value", "segue"),
        settings.pollInterval());
  }

  private static void start(Workload workload, Stack stack, SegueParts segue) {
    switch (workload) {
      case BARE -> stack.engine().start(StartCommand.latest(workload.processId(), bareVariables()));
      case NONE, WRITE -> segue.startRun(workload);
    }
  }

  /** The same variables as Segue gives its runs. */
  private static String bareVariables() {
    ObjectNode variables = Json.object().put("value", "bench");
    variables
        .putObject("segue")
        .put("runId", UUID.randomUUID().toString())
        .put("mode", "live")
        .put("startedBy", "bench");
    return Json.text(variables);
  }

  private static void warmUp(Plan plan, ClosedLoop loop, Backlog backlog, Report report)
      throws InterruptedException {
    long end = System.nanoTime() + plan.warmUp().toNanos();
    while (System.nanoTime() < end) {
      for (Workload workload : Workload.values()) {
        Slice slice = loop.run(workload, plan.inFlight(), Duration.ZERO, WARM_UP_SLICE);
        report.warmUp(slice);
      }
    }
    backlog.awaitNone();
  }

  /** Every other round goes the other way about, so that nobody always follows the same one. */
  private static void round(int round, Plan plan, ClosedLoop loop, Backlog backlog, Report report)
      throws InterruptedException, IOException {
    List<Workload> order = Arrays.asList(Workload.values());
    if (round % 2 == 0) {
      Collections.reverse(order);
    }
    for (Workload workload : order) {
      Report.Measurement measurement = report.begin(round);
      Slice slice = loop.run(workload, plan.inFlight(), plan.ramp(), plan.slice());
      measurement.end(slice, backlog.awaitNone());
    }
  }

  private static void singles(Plan plan, ClosedLoop loop, Report report)
      throws InterruptedException {
    for (int done = 0; done < plan.singles(); done += SINGLES_AT_A_TIME) {
      for (Workload workload : Workload.values()) {
        int count = Math.min(SINGLES_AT_A_TIME, plan.singles() - done);
        loop.runSingly(workload, count, report.singleSteps(workload), report.singleRuns(workload));
      }
    }
  }

  static Path given(@Nullable Path path) {
    if (path == null || !Files.exists(path)) {
      throw new IllegalArgumentException("There is no " + path + ". Build it first.");
    }
    return path;
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
