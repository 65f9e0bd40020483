package dev.segue.server.plugins;

import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.SecretMask;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.version.SemanticVersion;
import dev.segue.sdk.Load;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Upgrades a heavy plugin again and again, and looks what of it stays in memory. */
public final class UpgradeMemory {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int WARM_UP = 5;
  private static final int EVERY = 25;

  /** Trains on xgboost's native code, and registers a JDBC driver. */
  private static final String BODY =
      """
      package use;
      public final class Use implements java.util.concurrent.Callable<String> {
        record Warm(int degrees, String unit) {}
        static final ThreadLocal<Object> LAST = new ThreadLocal<>();
        @Override public String call() throws Exception {
          LAST.set(new Warm(3, "x"));
          var rows = new ml.dmlc.xgboost4j.java.DMatrix(new float[40_000], 10_000, 4, Float.NaN);
          rows.setLabel(new float[10_000]);
          rows.dispose();
          return new org.postgresql.Driver().toString() + LAST.get().equals(new Warm(3, "x"));
        }
      }
      """;

  private final Path folder;
  private final PluginCalls calls = new PluginCalls();

  private UpgradeMemory(Path folder) {
    this.folder = folder;
  }

  /** The memory after so many upgrades, collections done. */
  public record Memory(int upgrades, long heap, long metaspace, int classes) {}

  /**
   * Measures.
   *
   * @param folder to work in
   */
  public static List<Memory> measure(Path folder, int upgrades) throws Exception {
    UpgradeMemory memory = new UpgradeMemory(folder);
    try (PluginCalls calls = memory.calls) {
      return memory.upgrade(upgrades);
    }
  }

  private List<Memory> upgrade(int upgrades) throws Exception {
    PluginStaging staging =
        new PluginStaging(
            folder.resolve("work"), ArchiveLimits.DEFAULTS, SemanticVersion.of(1, 0, 0));
    UnloadWatch watch = new UnloadWatch(InstantSource.system(), LIMIT, new LoaderHolders(calls));
    List<Memory> seen = new ArrayList<>();
    try (LoadedVersions versions =
        new LoadedVersions((id, migrations) -> {}, calls, watch, LIMIT, plugin -> {})) {
      LoadedPlugin serving = null;
      for (int version = 0; version <= WARM_UP + upgrades; version++) {
        Path zip = zip(version);
        LoadedPlugin next = versions.load(staging.stage(zip));
        Files.delete(zip);
        use(next);
        if (serving != null) {
          versions.retire(serving);
        }
        serving = next;
        if (version >= WARM_UP && (version - WARM_UP) % EVERY == 0) {
          seen.add(look(version - WARM_UP));
        }
      }
    }
    return seen;
  }

  private void use(LoadedPlugin plugin) throws Exception {
    ClassLoader loader = plugin.description().classLoader();
    @SuppressWarnings("unchecked")
    Callable<String> body =
        (Callable<String>) loader.loadClass("use.Use").getConstructor().newInstance();
    StepResult<String> result =
        calls.call(loader, "use", Load.CPU, LIMIT, new Cancellation(), new SecretMask(), body);
    if (result instanceof StepResult.Failed<String> failed) {
      throw new IllegalStateException(failed.failure().message());
    }
  }

  private Path zip(int version) throws IOException {
    PluginZip zip = PluginZip.greeter("hello", "1." + version + ".0").source("use.Use", BODY);
    for (String type :
        List.of(
            "ml.dmlc.xgboost4j.java.DMatrix",
            "org.apache.commons.logging.LogFactory",
            "org.postgresql.Driver")) {
      Path jar = jarOf(type);
      zip.entry("lib/" + jar.getFileName(), Files.readAllBytes(jar));
    }
    return zip.build(folder.resolve(version + ".zip"));
  }

  private static Path jarOf(String type) {
    try {
      return Path.of(
          Class.forName(type, false, UpgradeMemory.class.getClassLoader())
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .toURI());
    } catch (ReflectiveOperationException | URISyntaxException e) {
      throw new IllegalStateException("no jar of " + type, e);
    }
  }

  private static Memory look(int upgrades) throws InterruptedException {
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(Duration.ofSeconds(1));
    }
    long metaspace =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .mapToLong((MemoryPoolMXBean pool) -> pool.getUsage().getUsed())
            .sum();
    return new Memory(
        upgrades,
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        metaspace,
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
  }
}
