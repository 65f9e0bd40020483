package dev.segue.server.bench;

import dev.segue.server.plugins.PluginRefusedException;
import dev.segue.server.steps.StepsSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Upgrades a plugin under a steady flow of jobs, and prints the longest time without a completed
 * job in windows with an upgrade beside the same in windows without one.
 */
@Command(
    name = "bench-upgrade",
    mixinStandardHelpOptions = true,
    description = "Measures upgrades of a plugin under a steady flow of jobs.")
public final class UpgradeBenchmark implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(UpgradeBenchmark.class);
  private static final int RETRIES = 3;
  private static final Duration DRAIN = Duration.ofSeconds(60);

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

  @Option(names = "--warm-up", defaultValue = "60", description = "Seconds. Default: 60")
  private int warmUp;

  @Option(names = "--jobs", defaultValue = "200", description = "A second. Default: 200")
  private int jobs;

  @Option(names = "--upgrades", defaultValue = "20", description = "How many. Default: 20")
  private int upgrades;

  @Option(
      names = "--window",
      defaultValue = "4",
      description = "Seconds that are looked at around an upgrade, and without one. Default: 4")
  private int window;

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  /** Runs the benchmark and exits. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new UpgradeBenchmark()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (Cleanup cleanup = new Cleanup()) {
      Path home = Files.createTempDirectory(folder.toAbsolutePath(), "bench");
      cleanup.add(() -> Benchmark.delete(home));
      return measure(home, cleanup) ? 0 : 1;
    }
  }

  private boolean measure(Path home, Cleanup cleanup) throws Exception {
    Completions completions = new Completions(RETRIES);
    Stack stack =
        Stack.start(
            home,
            Benchmark.given(zeebe),
            Benchmark.given(exporter),
            completions::watching,
            cleanup);
    SegueParts segue =
        cleanup.add(
            new SegueParts(stack, StepsSettings.defaults(), home, Benchmark.given(recorder)));
    segue.start();
    Processes processes = new Processes(stack.brokerPid(), stack.databasePid());
    PrintStream out = System.out;
    out.printf("machine    %s%n", Processes.processor());
    out.printf("load       %s%n", Processes.load());
    out.printf(
        "plan       %d s warm-up, %d jobs/s in runs of %d steps, %d windows of %d s each%n%n",
        warmUp, jobs, Workload.STEPS, upgrades, window);
    Processes.Cpu before;
    Samples calm = new Samples();
    Samples upgraded = new Samples();
    Samples installed = new Samples();
    AtomicBoolean more = new AtomicBoolean(true);
    try (ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor()) {
      starts.execute(() -> flow(starts, segue, more));
      TimeUnit.SECONDS.sleep(warmUp);
      before = processes.cpu();
      for (int i = 1; i <= upgrades; i++) {
        calm.add(watch(completions, () -> {}, out, "without"));
        Path zip =
            new RecorderVersions(Benchmark.given(recorder))
                .write((100 + i) + ".0.0", home.resolve("next.zip"));
        upgraded.add(watch(completions, () -> installed.add(install(segue, zip)), out, "upgrade"));
      }
      more.set(false);
    }
    Processes.CpuUse use = processes.cpu().since(before);
    long lost = awaitEnd(completions);
    out.printf(
        """

        longest time without a completed job, in ms     p50     p90     max
        in a window without an upgrade              %s
        in a window with an upgrade                 %s
        an installation takes                       %s

        jobs completed %d, failed %d, lost %d, put back %d; starts refused %d
        processors %s
        load       %s
        """,
        figures(calm),
        figures(upgraded),
        figures(installed),
        completions.completed(),
        completions.failed(),
        lost,
        completions.putBack(),
        refused.get(),
        use,
        Processes.load());
    return completions.failed() == 0 && lost == 0;
  }

  private static String figures(Samples samples) {
    return "%7.1f %7.1f %7.1f"
        .formatted(samples.percentile(50), samples.percentile(90), samples.percentile(100));
  }

  /** At a steady pace, however long the runs take. */
  private void flow(ExecutorService starts, SegueParts segue, AtomicBoolean more) {
    long pause = TimeUnit.SECONDS.toNanos(Workload.STEPS) / jobs;
    long next = System.nanoTime();
    while (more.get()) {
      starts.execute(() -> start(segue));
      next += pause;
      try {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void start(SegueParts segue) {
    try {
      segue.startRun(Workload.NONE);
      started.incrementAndGet();
    } catch (RuntimeException e) {
      LOG.warn("A run could not be started: {}", e.getMessage());
      refused.incrementAndGet();
    }
  }

  /** Does something a second into a window, and gives the longest gap in it. */
  private long watch(Completions completions, Runnable deed, PrintStream out, String what)
      throws InterruptedException {
    long from = System.nanoTime();
    TimeUnit.SECONDS.sleep(1);
    deed.run();
    long left = from + TimeUnit.SECONDS.toNanos(window) - System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(left);
    long to = System.nanoTime();
    long gap = completions.longestGap(from, to);
    out.printf(
        "%-8s   longest gap %6.1f ms, %.0f jobs/s%n",
        what, gap / 1e6, completions.completed(from, to) / ((to - from) / 1e9));
    return gap;
  }

  private static long install(SegueParts segue, Path zip) {
    long begin = System.nanoTime();
    try {
      segue.install(zip);
    } catch (PluginRefusedException | IOException e) {
      throw new IllegalStateException(e);
    }
    return System.nanoTime() - begin;
  }

  private long awaitEnd(Completions completions) throws InterruptedException {
    long wanted = (long) started.get() * Workload.STEPS;
    long end = System.nanoTime() + DRAIN.toNanos();
    while (completions.completed() < wanted && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return wanted - completions.completed();
  }
}
