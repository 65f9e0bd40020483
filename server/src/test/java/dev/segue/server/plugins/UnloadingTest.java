package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.SecretMask;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.version.SemanticVersion;
import dev.segue.sdk.Load;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What stays in memory of an unloaded plugin, and what is said of it. */
class UnloadingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path temp;
  private final PluginCalls calls = new PluginCalls(Duration.ofSeconds(1));
  private final UnloadWatch watch =
      new UnloadWatch(InstantSource.system(), Duration.ofMillis(1), new LoaderHolders(calls));
  private PluginStaging staging;

  @BeforeEach
  void open() throws IOException {
    staging =
        new PluginStaging(
            temp.resolve("work"), ArchiveLimits.DEFAULTS, SemanticVersion.of(1, 0, 0));
  }

  @AfterEach
  void close() {
    System.clearProperty("unloading.stop");
    calls.close();
  }

  @Test
  void aThreadPoolThatIsNotClosedIsNamedAndWhenItEndsThePluginGoes() throws Exception {
    use(
        "1.0.0",
        Load.IO,
        """
        var pool = java.util.concurrent.Executors.newFixedThreadPool(1,
            task -> new Thread(task, "oven-pool"));
        pool.submit(() -> {
          while (System.getProperty("unloading.stop") == null) { Thread.sleep(20); }
          pool.shutdown();
          return null;
        });
        """);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(watch.check())
                    .singleElement()
                    .satisfies(
                        stuck ->
                            assertThat(stuck.holder())
                                .contains("the thread pool's thread 'oven-pool' at ")
                                .contains("SeguePlugin.close()")));
    System.setProperty("unloading.stop", "true");
    assertCollected();
  }

  @Test
  void aCallThatNeverEndsIsNamed() throws Exception {
    LoadedPlugin plugin =
        load("1.0.0", "while (System.getProperty(\"unloading.stop\") == null) {}");
    run(plugin, Load.CPU, Duration.ofMillis(10));
    unload(plugin);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(watch.check())
                    .singleElement()
                    .satisfies(
                        stuck ->
                            assertThat(stuck.holder())
                                .contains("the call use, which heeds no interrupt, at use.Use.")));
    System.setProperty("unloading.stop", "true");
    plugin = null;
    assertCollected();
  }

  @Test
  void aManagementBeanIsNamed() throws Exception {
    String name = "segue.tests:type=Oven";
    use(
        "1.0.0",
        Load.IO,
        """
        java.lang.management.ManagementFactory.getPlatformMBeanServer().registerMBean(
            new Oven(), new javax.management.ObjectName("%s"));
        """
            .formatted(name));
    try {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(watch.check())
                      .singleElement()
                      .satisfies(
                          stuck ->
                              assertThat(stuck.holder()).contains("the management bean " + name)));
    } finally {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(name));
    }
    assertCollected();
  }

  @Test
  void threadLocalsDriversBundlesAndTheCachesOfTheJdkHoldNothing() throws Exception {
    String body =
        """
        ThreadLocal<Object> local = new ThreadLocal<>();
        local.set(new Warm(3, "x"));
        if (!new Warm(3, "x").equals(local.get()) || local.get().hashCode() == 0) {
          throw new IllegalStateException(local.get().toString());
        }
        java.io.ObjectOutputStream out =
            new java.io.ObjectOutputStream(new java.io.ByteArrayOutputStream());
        out.writeObject(local.get());
        java.util.ResourceBundle.getBundle("words");
        java.util.stream.IntStream.range(0, 100).parallel().mapToObj(i -> new Warm(i, "")).toList();
        if (!new org.postgresql.Driver().acceptsURL("jdbc:postgresql://oven/x")) {
          throw new IllegalStateException("no driver");
        }
        """;
    use("1.0.0", Load.IO, body, jarOf("org.postgresql.Driver"));
    use("1.1.0", Load.CPU, body, jarOf("org.postgresql.Driver"));

    assertCollected();
  }

  @Test
  void xgboostIsLoadedBySeveralVersionsAtOnceAndGoesWithThem() throws Exception {
    String body =
        """
        var rows = new ml.dmlc.xgboost4j.java.DMatrix(new float[] {1, 2, 3, 4}, 2, 2, Float.NaN);
        if (rows.rowNum() != 2) { throw new IllegalStateException("xgboost counts " + rows.rowNum()); }
        rows.dispose();
        """;
    Path[] jars = {
      jarOf("ml.dmlc.xgboost4j.java.DMatrix"), jarOf("org.apache.commons.logging.LogFactory")
    };
    LoadedPlugin old = load("1.0.0", body, jars);
    LoadedPlugin next = load("1.1.0", body, jars);
    run(old, Load.CPU, PATIENCE);
    run(next, Load.CPU, PATIENCE);
    unload(old);
    run(next, Load.CPU, PATIENCE);
    unload(next);
    old = null;
    next = null;

    assertCollected();
  }

  /** The jar is too big for every build; name it by {@code -Dsegue.test.onnxruntime=FILE}. */
  @Test
  @EnabledIfSystemProperty(named = "segue.test.onnxruntime", matches = ".+")
  void onnxruntimeIsLoadedBySeveralVersionsAtOnce() throws Exception {
    String body =
        """
        Object environment = Class.forName("ai.onnxruntime.OrtEnvironment")
            .getMethod("getEnvironment").invoke(null);
        if (environment == null) { throw new IllegalStateException("no environment"); }
        """;
    Path jar = Path.of(System.getProperty("segue.test.onnxruntime"));
    use("1.0.0", Load.CPU, body, jar);
    use("1.1.0", Load.CPU, body, jar);

    await().atMost(PATIENCE).until(() -> !watch.check().isEmpty());
    assertThat(watch.check())
        .allSatisfy(stuck -> assertThat(stuck.holder()).contains("look for a shutdown hook"));
  }

  private void assertCollected() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(watch.check()).isEmpty();
            });
  }

  /** Loads a version, runs its code, and unloads it. */
  private void use(String version, Load load, String body, Path... jars) throws Exception {
    LoadedPlugin plugin = load(version, body, jars);
    run(plugin, load, PATIENCE);
    unload(plugin);
  }

  private void unload(LoadedPlugin plugin) {
    ClassLoader loader = plugin.description().classLoader();
    plugin.unload();
    watch.unloaded(plugin.manifest().label(), loader);
  }

  private void run(LoadedPlugin plugin, Load load, Duration limit) throws Exception {
    ClassLoader loader = plugin.description().classLoader();
    @SuppressWarnings("unchecked")
    Callable<String> body =
        (Callable<String>) loader.loadClass("use.Use").getConstructor().newInstance();
    StepResult<String> result =
        calls.call(loader, "use", load, limit, new Cancellation(), new SecretMask(), body);
    if (limit == PATIENCE) {
      assertThat(result).isInstanceOf(StepResult.Completed.class);
    }
  }

  private LoadedPlugin load(String version, String body, Path... jars) throws Exception {
    PluginZip zip =
        PluginZip.greeter("hello", version)
            .entry("classes/words.properties", "bread=Brot")
            .source(
                "use.Use",
                """
                package use;
                public final class Use implements java.util.concurrent.Callable<String> {
                  public record Warm(int degrees, String unit) implements java.io.Serializable {}
                  public interface OvenMBean { int getDegrees(); }
                  public static final class Oven implements OvenMBean {
                    @Override public int getDegrees() { return 3; }
                  }
                  @Override public String call() throws Exception { BODY return "used"; }
                }
                """
                    .replace("BODY", body));
    for (Path jar : List.of(jars)) {
      zip.entry("lib/" + jar.getFileName(), Files.readAllBytes(jar));
    }
    LoadedVersions versions =
        new LoadedVersions(
            (id, migrations) -> {},
            calls,
            new UnloadWatch(InstantSource.system(), PATIENCE, new LoaderHolders(calls)),
            PATIENCE,
            plugin -> {});
    return versions.load(staging.stage(zip.build(temp.resolve(version + ".zip"))));
  }

  private static Path jarOf(String type) throws Exception {
    return Path.of(
        Class.forName(type, false, UnloadingTest.class.getClassLoader())
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toURI());
  }
}
