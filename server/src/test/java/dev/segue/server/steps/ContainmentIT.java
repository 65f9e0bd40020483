package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.segue.server.plugins.InstalledPlugin;
import dev.segue.server.plugins.PluginState;
import dev.segue.server.plugins.PluginVersionRow;
import dev.segue.server.plugins.PluginZip;
import dev.segue.server.steps.InMemoryEngine.JobRecord;
import dev.segue.server.steps.InMemoryEngine.State;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A plugin that misbehaves hurts its own steps; those of another one go on all the while. */
class ContainmentIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<String, String> A_SECOND = Map.of("segue.timeout", "PT1S");

  private static final Containment STRICT =
      new Containment(
          new BreakerSettings(3, 50, 0.75, Duration.ofMillis(300), Duration.ofSeconds(1)),
          3,
          3,
          Duration.ofMinutes(10),
          5,
          20,
          Duration.ofMillis(250));

  @TempDir Path temp;
  private Database database;
  private InMemoryEngine engine;
  private StepsFixture server;
  private final AtomicBoolean more = new AtomicBoolean(true);
  private final AtomicInteger greeted = new AtomicInteger();
  private final AtomicReference<String> trouble = new AtomicReference<>("");
  private Thread load;

  @BeforeEach
  void start() throws Exception {
    database = Database.open(TestPostgres.shared().migrated(), DatabaseSettings.defaults());
    engine = new InMemoryEngine();
    server =
        new StepsFixture(temp.resolve("server"), engine, database, StepsFixture.QUICK, STRICT)
            .start();
    server.plugins.install(
        PluginZip.greeter("hello", "1.0.0").build(temp.resolve("hello.zip")), "ada");
    server.plugins.install(rogue().build(temp.resolve("rogue.zip")), "ada");
    load = Thread.ofPlatform().start(this::greetOnAndOn);
  }

  @AfterEach
  void stop() throws Exception {
    System.clearProperty("rogue.mended");
    System.setProperty("rogue.stop", "true");
    more.set(false);
    load.join();
    server.close();
    engine.close();
    database.close();
    await().atMost(PATIENCE).until(() -> !isAlive("rogue-leak"));
    System.clearProperty("rogue.stop");
    assertThat(trouble.get()).isEmpty();
  }

  @Test
  void callsThatComputeOnAndOnAreAbandonedNamedAndTheirPluginQuarantined() {
    List<JobRecord> jobs = offer("spin", 3, A_SECOND);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(row().state()).isEqualTo(PluginState.QUARANTINED));
    assertThat(row().message())
        .startsWith("3 of its calls heed no interrupt: rogue:spin:1 runs for ")
        .contains("rogue.Rogue");
    assertThat(alarm("plugin-quarantined", "rogue 1.0.0"))
        .contains("segue plugins enable rogue 1.0.0");
    assertThat(alarm("plugin-call-abandoned", "rogue@1.0.0"))
        .contains("rogue:spin:1", "end with the server's next restart");
    assertThat(
            database
                .jooq()
                .fetchValue(
                    "select max(actor) from segue.audit where action = 'plugin.quarantine'"))
        .isEqualTo("segue");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(jobs)
                    .allSatisfy(
                        job ->
                            assertThat(job.failures)
                                .anyMatch(why -> why.contains("doesn't heed the interrupt"))));
    greetedSome();

    System.setProperty("rogue.stop", "true");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(alarm("plugin-call-abandoned", "rogue@1.0.0")).isEmpty());
    server.plugins.enable("rogue", "1.0.0");
    assertThat(alarm("plugin-quarantined", "rogue 1.0.0")).isEmpty();
  }

  @Test
  void callsThatWaitForEverAreAbandoned() {
    List<JobRecord> jobs = offer("block", 1, A_SECOND);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(jobs.getFirst().failures)
                    .anyMatch(why -> why.contains("doesn't heed the interrupt")));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(alarm("plugin-call-abandoned", "rogue@1.0.0")).contains("waits for"));
    greetedSome();
  }

  @Test
  void theJobsOfAStepThatFailsThemAllAreHeldBackWithTheirRetries() {
    List<JobRecord> failing = offer("fail", 3, Map.of());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(alarm("step-held-back", "rogue:fail:1")).contains("the oven is cold"));

    JobRecord waiting = offer("fail", 1, Map.of()).getFirst();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(waiting.failures)
                    .anyMatch(why -> why.startsWith("The jobs of rogue:fail:1 wait")));
    System.setProperty("rogue.mended", "true");

    await().atMost(PATIENCE).until(() -> waiting.state == State.COMPLETED);
    assertThat(alarm("step-held-back", "rogue:fail:1")).isEmpty();
    assertThat(failing).allMatch(job -> job.state != State.OPEN || job.retries > 0);
    greetedSome();
  }

  @Test
  void aPluginThatThrowsErrorsAgainAndAgainIsQuarantinedAndEndsNothing() {
    List<JobRecord> exits = offer("exit", 1, Map.of());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(exits.getFirst().failures)
                    .anyMatch(why -> why.contains("the plugin rogue@1.0.0 called System.exit(7)")));
    offer("overflow", 1, Map.of());
    offer("hoard", 1, Map.of());

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(row().state()).isEqualTo(PluginState.QUARANTINED));
    assertThat(row().message()).startsWith("It threw 3 errors within 10 minutes, the last in ");
    greetedSome();
  }

  @Test
  void aPluginThatLeaksThreadsIsQuarantined() {
    offer("leak", 4, Map.of());

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(row().state()).isEqualTo(PluginState.QUARANTINED));
    assertThat(row().message()).contains("threads of its own, such as 'rogue-leak'");
    greetedSome();
  }

  @Test
  void aPluginThatFloodsTheLogIsCutShort() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    Logger log = (Logger) LoggerFactory.getLogger("segue.plugin.rogue");
    log.addAppender(lines);
    log.setAdditive(false);
    try {
      List<JobRecord> jobs = offer("flood", 1, Map.of());
      await().atMost(PATIENCE).until(() -> jobs.getFirst().state == State.COMPLETED);

      assertThat(lines.list).hasSizeLessThan(20_000);
      greetedSome();
    } finally {
      log.detachAppender(lines);
      log.setAdditive(true);
    }
  }

  private static boolean isAlive(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(one -> one.getName().equals(thread));
  }

  private void greetedSome() {
    int enough = greeted.get() + 50;
    await().atMost(PATIENCE).until(() -> greeted.get() > enough);
  }

  private void greetOnAndOn() {
    while (more.get()) {
      JobRecord job =
          engine.offer(
              "hello:greet:1", 1, Map.of("resultVariable", "greeting"), "{\"name\":\"Ada\"}");
      try {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> job.state == State.COMPLETED);
        greeted.incrementAndGet();
      } catch (RuntimeException e) {
        trouble.set("a greeting took too long: " + job.failures);
      }
    }
  }

  private List<JobRecord> offer(String step, int count, Map<String, String> headers) {
    return IntStream.range(0, count)
        .mapToObj(i -> engine.offer("rogue:" + step + ":1", 100 + i, headers, "{\"name\":\"x\"}"))
        .toList();
  }

  private PluginVersionRow row() {
    return server.plugins.list().stream()
        .map(InstalledPlugin::version)
        .filter(row -> row.pluginId().equals("rogue"))
        .findFirst()
        .orElseThrow();
  }

  private String alarm(String kind, String subject) {
    Object message =
        database
            .jooq()
            .fetchValue(
                "select max(message) from segue.alarm"
                    + " where kind = ? and subject = ? and cleared_at is null",
                kind,
                subject);
    return message == null ? "" : message.toString();
  }

  private static PluginZip rogue() {
    StringBuilder steps = new StringBuilder();
    StringBuilder catalog = new StringBuilder();
    Map.of(
            "Spin", "while (System.getProperty(\"rogue.stop\") == null) { Thread.onSpinWait(); }",
            "Block", "block();",
            "Fail",
                "if (System.getProperty(\"rogue.mended\") == null) {"
                    + " throw new IllegalStateException(\"the oven is cold\"); }",
            "Exit", "System.exit(7);",
            "Overflow", "return run(input, context);",
            "Hoard",
                "java.util.List<long[]> all = new java.util.ArrayList<>();"
                    + " while (true) { all.add(new long[Integer.MAX_VALUE - 8]); }",
            "Leak",
                "for (int i = 0; i < 6; i++) {"
                    + " Thread t = new Thread(Rogue::block, \"rogue-leak\");"
                    + " t.setDaemon(true); t.start(); }",
            "Flood", "for (int i = 0; i < 500_000; i++) { context.log().info(\"line {}\", i); }")
        .forEach(
            (name, body) -> {
              catalog.append("catalog.step(new " + name + "());\n");
              steps.append(step(name, body));
            });
    return PluginZip.of("rogue", "1.0.0", "rogue.Rogue")
        .source(
            "rogue.Rogue",
            """
            package rogue;
            import dev.segue.sdk.*;
            public final class Rogue implements SeguePlugin {
              @Override public void describe(Catalog catalog) { CATALOG }
              record Input(String name) {}
              record Output(String text) {}
              static void block() {
                while (System.getProperty("rogue.stop") == null) {
                  try { Thread.sleep(200); } catch (InterruptedException ignored) { }
                }
              }
              STEPS
            }
            """
                .replace("CATALOG", catalog)
                .replace("STEPS", steps));
  }

  private static String step(String name, String body) {
    String end = name.equals("Overflow") || name.equals("Hoard") ? "" : "return new Output(\"x\");";
    return """
           @StepInfo(name = "%s", title = "%s", effect = Effect.NONE)
           static final class %s implements Step<Input, Output> {
             @Override public Output run(Input input, StepContext context) { %s %s }
           }
           """
        .formatted(name.toLowerCase(Locale.ROOT), name, name, body, end);
  }
}
