package dev.segue.server.bench;

import dev.segue.server.plugins.UpgradeMemory;
import dev.segue.server.steps.DispatchCosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a step costs the server besides its own time, and what stays of replaced plugins. */
public final class PluginBenchmark {

  private static final int UPGRADES = 100;
  private static final double MEGABYTE = 1 << 20;

  private PluginBenchmark() {}

  /** Measures both; options of other benchmarks are ignored. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("segue-bench");
    line("java       %s", Runtime.version());
    line("load       %s", load());
    for (DispatchCosts.Cost cost : DispatchCosts.measure(folder)) {
      line("step       %-46s %,10.0f ns", cost.part(), cost.nanos());
    }
    line("load       %s", load());
    for (UpgradeMemory.Memory memory : UpgradeMemory.measure(folder, UPGRADES)) {
      line(
          "upgrades   %4d   heap %6.1f MB   metaspace %6.1f MB   classes %,d",
          memory.upgrades(),
          memory.heap() / MEGABYTE,
          memory.metaspace() / MEGABYTE,
          memory.classes());
    }
    line("load       %s", load());
    System.exit(0);
  }

  private static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).strip();
  }

  private static void line(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
