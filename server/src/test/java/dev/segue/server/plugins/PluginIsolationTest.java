package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.version.SemanticVersion;
import dev.segue.sdk.Step;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Enumeration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What a plugin sees of the server, and what stays of it when it is gone. */
class PluginIsolationTest {

  @TempDir Path temp;
  private final PluginCalls calls = new PluginCalls();

  @AfterEach
  void close() {
    calls.close();
  }

  @Test
  void aPluginSeesTheSdkSlf4jAndTheJdk() throws Exception {
    ClassLoader loader = load(PluginZip.greeter("hello", "1.0.0")).description().classLoader();

    assertThat(loader.loadClass("dev.segue.sdk.Step")).isSameAs(Step.class);
    assertThat(loader.loadClass("org.slf4j.Logger")).isSameAs(Logger.class);
    assertThat(loader.loadClass("java.sql.Driver")).isSameAs(Driver.class);
    assertThat(loader.loadClass("java.net.http.HttpClient")).isNotNull();
  }

  @Test
  void aPluginSeesNothingElseOfTheServer() throws Exception {
    ClassLoader loader = load(PluginZip.greeter("hello", "1.0.0")).description().classLoader();

    for (String hidden :
        new String[] {
          "dev.segue.server.plugins.PluginHost",
          "dev.segue.runtime.PluginDescription",
          "dev.segue.runtime.call.PluginCalls",
          "dev.segue.bpmn.engine.Engine",
          "org.pf4j.PluginManager",
          "tools.jackson.databind.JsonNode",
          "io.vertx.core.Vertx",
          "org.postgresql.Driver",
          "ch.qos.logback.classic.Logger"
        }) {
      assertThatExceptionOfType(ClassNotFoundException.class)
          .as(hidden)
          .isThrownBy(() -> loader.loadClass(hidden));
    }
    assertThat(loader.getResource("dev/segue/server/plugins/PluginHost.class")).isNull();
    assertThat(loader.getResources("META-INF/services/java.sql.Driver").hasMoreElements())
        .isFalse();
  }

  @Test
  void aPluginsClassesAreItsOwnThoughTheServerHasThem() throws Exception {
    PluginZip zip =
        PluginZip.greeter("hello", "1.0.0")
            .source(
                "org.pf4j.PluginManager",
                "package org.pf4j; public interface PluginManager { int OWN = 1; }");
    ClassLoader loader = load(zip).description().classLoader();

    assertThat(loader.loadClass("greet.GreetPlugin").getClassLoader()).isSameAs(loader);
  }

  @Test
  void anUnloadedPluginLeavesMemoryThoughItRegisteredADriver() throws Exception {
    PluginZip zip =
        PluginZip.of("driver", "1.0.0", "db.WithDriver")
            .source(
                "db.WithDriver",
                """
                package db;
                import dev.segue.sdk.*;
                import java.sql.*;
                import java.util.Properties;
                import java.util.logging.Logger;
                public final class WithDriver implements SeguePlugin, Driver {
                  static { try { DriverManager.registerDriver(new WithDriver()); }
                           catch (SQLException e) { throw new IllegalStateException(e); } }
                  @Override public void describe(Catalog catalog) { catalog.step(new Nothing()); }
                  @Override public Connection connect(String url, Properties info) { return null; }
                  @Override public boolean acceptsURL(String url) { return false; }
                  @Override public DriverPropertyInfo[] getPropertyInfo(String u, Properties p) {
                    return new DriverPropertyInfo[0]; }
                  @Override public int getMajorVersion() { return 1; }
                  @Override public int getMinorVersion() { return 0; }
                  @Override public boolean jdbcCompliant() { return false; }
                  @Override public Logger getParentLogger() { return null; }
                  @StepInfo(name = "nothing", title = "Nothing", effect = Effect.NONE)
                  static final class Nothing implements Step<Nothing.Input, Nothing.Output> {
                    record Input(String name) {}
                    record Output(String text) {}
                    @Override public Output run(Input input, StepContext context) {
                      return new Output("x");
                    }
                  }
                }
                """);
    WeakReference<ClassLoader> loader = loadAndUnload(zip);

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loader.get()).isNull();
            });
  }

  @Test
  void aThreadThatHoldsAnUnloadedPluginIsNamed() throws Exception {
    UnloadWatch watch =
        new UnloadWatch(InstantSource.system(), Duration.ofMillis(1), new LoaderHolders(calls));
    LoadedPlugin plugin = load(PluginZip.greeter("hello", "1.0.0"));
    ClassLoader loader = plugin.description().classLoader();
    Thread holder = Thread.ofPlatform().daemon().name("left-over").unstarted(() -> parkForever());
    holder.setContextClassLoader(loader);
    holder.start();
    plugin.unload();
    watch.unloaded("hello 1.0.0", loader);

    await()
        .untilAsserted(
            () ->
                assertThat(watch.check())
                    .singleElement()
                    .satisfies(
                        stuck -> {
                          assertThat(stuck.plugin()).isEqualTo("hello 1.0.0");
                          assertThat(stuck.holder()).contains("left-over");
                        }));
    holder.interrupt();
  }

  private static void parkForever() {
    while (!Thread.currentThread().isInterrupted()) {
      java.util.concurrent.locks.LockSupport.park();
    }
  }

  private WeakReference<ClassLoader> loadAndUnload(PluginZip zip) throws Exception {
    LoadedPlugin plugin = load(zip);
    ClassLoader loader = plugin.description().classLoader();
    assertThat(ours(loader)).isZero();
    plugin.unload();
    return new WeakReference<>(loader);
  }

  /** Drivers of a plugin are not visible to the server's classes in the first place. */
  private static int ours(ClassLoader loader) {
    int count = 0;
    Enumeration<Driver> drivers = DriverManager.getDrivers();
    while (drivers.hasMoreElements()) {
      if (drivers.nextElement().getClass().getClassLoader() == loader) {
        count++;
      }
    }
    return count;
  }

  private LoadedPlugin load(PluginZip zip) throws IOException, PluginRefusedException {
    PluginStaging staging =
        new PluginStaging(
            temp.resolve("work"), ArchiveLimits.DEFAULTS, SemanticVersion.of(1, 0, 0));
    LoadedVersions versions =
        new LoadedVersions(
            (id, migrations) -> {},
            calls,
            new UnloadWatch(
                InstantSource.system(), Duration.ofMinutes(1), new LoaderHolders(calls)),
            Duration.ofMinutes(1),
            plugin -> {});
    return versions.load(staging.stage(zip.build(temp.resolve("plugin.zip"))));
  }
}
