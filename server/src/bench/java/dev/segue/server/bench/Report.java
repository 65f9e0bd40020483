package dev.segue.server.bench;

import dev.segue.server.bench.ClosedLoop.Slice;
import dev.segue.server.bench.Processes.Cpu;
import dev.segue.server.bench.Processes.CpuUse;
import dev.segue.server.bench.Processes.Memory;
import dev.segue.server.bench.Processes.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what is measured while it is, and the result at the end. Used by one thread. */
final class Report {

  private static final double AIM_NONE = 0.85;
  private static final double AIM_WRITE = 0.60;
  private static final double AIM_RATE = 140;

  private final PrintStream out;
  private final Processes processes;
  private final Map<Workload, List<Slice>> slices = new EnumMap<>(Workload.class);
  private final Map<Workload, Samples> singleSteps = new EnumMap<>(Workload.class);
  private final Map<Workload, Samples> singleRuns = new EnumMap<>(Workload.class);
  private final List<Double> foreign = new ArrayList<>();

  Report(PrintStream out, Processes processes) {
    this.out = out;
    this.processes = processes;
    for (Workload workload : Workload.values()) {
      slices.put(workload, new ArrayList<>());
      singleSteps.put(workload, new Samples());
      singleRuns.put(workload, new Samples());
    }
  }

  /** What is measured, on what. */
  void setting(Stack stack, Plan plan, Path home) throws IOException {
    line("machine    %s, %d processors", Processes.processor(), processors());
    line(
        "versions   Zeebe %s, PostgreSQL %s, Java %s",
        stack.engine().topology().gatewayVersion(), stack.databaseVersion(), Runtime.version());
    line(
        "durable    on %s, %s, broker flushes each commit, 2 partitions",
        Files.getFileStore(home).type(), stack.durability());
    line(
        "plan       %d s warm-up, %d rounds of %d s per workload, %d runs in flight",
        plan.warmUp().toSeconds(), plan.rounds(), plan.slice().toSeconds(), plan.inFlight());
    line("load       %s", Processes.load());
    line("");
  }

  void warmUp(Slice slice) {
    line("warm-up    %-5s %6.1f runs/s", slice.workload(), slice.perSecond());
  }

  /** Where the times of single runs' steps go. */
  Samples singleSteps(Workload workload) {
    return singleSteps.get(workload);
  }

  /** Where the times of single runs go, from the start's call to the last acknowledgement. */
  Samples singleRuns(Workload workload) {
    return singleRuns.get(workload);
  }

  /** Begins to measure the processors. */
  Measurement begin(int round) throws IOException {
    return new Measurement(round, processes.cpu());
  }

  /** One slice on its way. */
  final class Measurement {

    private final int round;
    private final Cpu before;

    private Measurement(int round, Cpu before) {
      this.round = round;
      this.before = before;
    }

    /**
     * Prints what it gave.
     *
     * @param catchUp how long the projection went on after the last run, in seconds
     */
    void end(Slice slice, double catchUp) throws IOException {
      CpuUse use = processes.cpu().since(before);
      slices.get(slice.workload()).add(slice);
      foreign.add(use.foreign());
      line(
          "round %-4d %-5s %6.1f runs/s, step in hand %s ms, projected %.1f s later; processors: %s; load %s",
          round,
          slice.workload(),
          slice.perSecond(),
          percentiles(slice.handling()),
          catchUp,
          use,
          Processes.load());
      if (slice.failedStarts() + slice.lost() > 0) {
        line("           %d starts failed, %d runs didn't end", slice.failedStarts(), slice.lost());
      }
    }
  }

  /** The result. */
  void summary() {
    line("");
    line(
        "            runs/s   of bare (each round)        step in hand    step, machine to itself   run, to itself");
    line(
        "                                                   p50 / p99 ms              p50 / p99 ms     p50 / p99 ms");
    for (Workload workload : Workload.values()) {
      line(
          "%-9s %8.1f   %-26s %12s %25s %16s",
          workload,
          rate(workload),
          workload == Workload.BARE ? "" : ratios(workload),
          percentiles(handling(workload)),
          percentiles(singleSteps(workload)),
          percentiles(singleRuns(workload)));
    }
    line("");
    for (Workload workload : new Workload[] {Workload.NONE, Workload.WRITE}) {
      line(
          "a step of %-5s costs %.2f ms (p50), %.2f ms (p99) over the bare worker's, when alone",
          workload, over(workload, 50), over(workload, 99));
    }
    line("");
    aim("NONE of bare", ratio(Workload.NONE), AIM_NONE);
    aim("WRITE of bare", ratio(Workload.WRITE), AIM_WRITE);
    aim("NONE runs/s", rate(Workload.NONE), AIM_RATE);
    line(
        "foreign processors busy: %.2f on average, of %d",
        foreign.stream().mapToDouble(Double::doubleValue).average().orElse(0), processors());
    memory();
  }

  private void memory() {
    System.gc();
    double heap =
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / (1024.0 * 1024);
    double rss = 0;
    double pss = 0;
    StringBuilder parts = new StringBuilder();
    for (Part part : Part.values()) {
      Memory memory = processes.memory(part);
      rss += memory.rss();
      pss += memory.pss();
      parts.append(
          "%s%s %.0f"
              .formatted(
                  parts.isEmpty() ? "" : ", ", part.name().toLowerCase(Locale.ROOT), memory.rss()));
    }
    line(
        "memory     server's heap after collection %.0f MB of at most %d; RSS %.0f MB (%s), %.0f with shared pages counted once",
        heap, Runtime.getRuntime().maxMemory() / (1024 * 1024), rss, parts, pss);
  }

  private void aim(String what, double value, double atLeast) {
    line(
        "aim        %-14s %7.2f   at least %7.2f   %s",
        what, value, atLeast, value >= atLeast ? "reached" : "missed");
  }

  private double over(Workload workload, double percent) {
    return singleSteps(workload).percentile(percent)
        - singleSteps(Workload.BARE).percentile(percent);
  }

  private double rate(Workload workload) {
    List<Slice> all = slices.get(workload);
    return all.stream().mapToLong(Slice::completed).sum()
        / all.stream().mapToDouble(Slice::seconds).sum();
  }

  private double ratio(Workload workload) {
    return rate(workload) / rate(Workload.BARE);
  }

  private String ratios(Workload workload) {
    List<Slice> own = slices.get(workload);
    List<Slice> bare = slices.get(Workload.BARE);
    StringBuilder text = new StringBuilder("%.0f %% (".formatted(100 * ratio(workload)));
    for (int i = 0; i < own.size(); i++) {
      text.append(i == 0 ? "" : " ")
          .append(Math.round(100 * own.get(i).perSecond() / bare.get(i).perSecond()));
    }
    return text.append(")").toString();
  }

  private Samples handling(Workload workload) {
    Samples all = new Samples();
    slices.get(workload).forEach(slice -> all.addAll(slice.handling()));
    return all;
  }

  private static String percentiles(Samples samples) {
    return "%.2f / %.2f".formatted(samples.percentile(50), samples.percentile(99));
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private void line(String format, Object... values) {
    out.println(values.length == 0 ? format : format.formatted(values));
    out.flush();
  }
}
