package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.plugins.PluginOperations;
import dev.segue.server.plugins.PluginZip;
import dev.segue.server.plugins.StepUse;
import dev.segue.server.steps.InMemoryEngine.JobRecord;
import dev.segue.server.steps.InMemoryEngine.State;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A new version has to prove itself by its first jobs, on all servers together. */
class UpgradeIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String GREET = "hello:greet:1";

  @TempDir Path temp;
  private final InMemoryEngine engine = new InMemoryEngine();
  private final AtomicInteger built = new AtomicInteger();
  private final List<StepsFixture> servers = new ArrayList<>();
  private TestDoor door;
  private ApiClient admin;

  @BeforeEach
  void open() {
    door =
        TestDoor.open(
            (database, people) -> {
              for (String name : List.of("one", "two")) {
                servers.add(
                    new StepsFixture(temp.resolve(name), engine, database, StepsFixture.QUICK));
              }
              StepUse nobody = types -> new StepUse.Users(List.of(), 0, List.of(), 0, List.of());
              return new PluginOperations(
                      servers.getFirst().plugins, nobody, database, people.audit())
                  .operations();
            });
    servers.forEach(StepsFixture::start);
    admin = door.admin();
  }

  @AfterEach
  void close() throws Exception {
    servers.forEach(StepsFixture::close);
    engine.close();
    door.close();
  }

  @Test
  void aVersionThatFailsTooOftenIsTakenBackAndNoJobIsLost() {
    install(PluginZip.greeter("hello", "1.0.0"));
    List<JobRecord> jobs = new ArrayList<>(offer(40));
    settled(jobs);

    install(moody("1.1.0"));
    for (int round = 0; round < 20 && !state("1.1.0").equals("rolled_back"); round++) {
      jobs.addAll(offer(5));
      int seen = jobs.size();
      await().atMost(PATIENCE).until(() -> tried(jobs) >= seen);
    }
    await().atMost(PATIENCE).until(() -> state("1.1.0").equals("rolled_back"));
    jobs.addAll(offer(40));
    settled(jobs);

    assertThat(jobs).allMatch(job -> job.state == State.COMPLETED);
    assertThat(jobs.getLast().answer).contains("\"version\":\"1.0.0\"");
    everyServerServes("1.0.0");
    JsonNode plugin = admin.get("/plugins/hello").expect(200);
    assertThat(plugin.path("version").asString()).isEqualTo("1.0.0");
    String why = version("1.1.0").path("message").asString();
    assertThat(why).contains("hello 1.1.0 failed", "1.0.0 0 of its last 40", "plugins enable");
    assertThat(alarm("plugin-rolled-back")).isEqualTo(why);
    assertThat(admin.get("/audit?limit=20").expect(200).toString())
        .contains("\"actor\":\"segue\",\"action\":\"plugin.roll-back\"");

    admin.post("/plugins/hello/versions/1.1.0/enablement", Map.of()).expect(200);
    everyServerServes("1.1.0");
    assertThat(alarm("plugin-rolled-back")).isEmpty();
  }

  @Test
  void errorsThatTheDiagramHandlesAreNoFailures() {
    install(PluginZip.greeter("hello", "1.0.0"));
    settled(offer(40));
    install(
        greeter(
            "1.1.0",
            "if (input.name() != null) { throw new StepError(\"NO_BREAD\", \"No bread\"); }"));

    List<JobRecord> jobs = offer(60);
    await().atMost(PATIENCE).until(() -> jobs.stream().allMatch(job -> job.state == State.ERROR));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(counted("1.1.0")).isEqualTo(60));

    assertThat(state("1.1.0")).isEqualTo("enabled");
    everyServerServes("1.1.0");
  }

  @Test
  void aVersionThatWorksHasProvedItselfInTheEnd() {
    install(PluginZip.greeter("hello", "1.0.0"));
    settled(offer(20));
    install(PluginZip.greeter("hello", "1.1.0"));
    settled(offer(250));

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        door.database()
                            .jooq()
                            .fetchSingle("select state from segue.plugin_trial")
                            .get(0, String.class))
                    .isEqualTo("passed"));
    everyServerServes("1.1.0");
  }

  private int counted(String version) {
    return door.database()
        .jooq()
        .fetchSingle("select count(*)::int from segue.plugin_trial_job where version = ?", version)
        .get(0, Integer.class);
  }

  private String alarm(String kind) {
    return door.database()
        .jooq()
        .fetchOptional(
            "select message from segue.alarm where kind = ? and cleared_at is null", kind)
        .map(row -> row.get(0, String.class))
        .orElse("");
  }

  private void install(PluginZip zip) {
    try {
      byte[] content =
          Files.readAllBytes(zip.build(temp.resolve(built.incrementAndGet() + ".zip")));
      String version =
          admin
              .upload("/plugins?allowUnsigned=true", "application/zip", content)
              .expect(201)
              .path("version")
              .asString();
      everyServerServes(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fails every other job at its first attempt, and so for ever, since it forgets. */
  private static PluginZip moody(String version) {
    return greeter(
        version,
        "if (context.idempotencyKey().hashCode() % 2 == 0)"
            + " { throw new IllegalStateException(\"The oven is cold\"); }");
  }

  private static PluginZip greeter(String version, String body) {
    return PluginZip.of("hello", version, "greet.GreetPlugin")
        .source(
            "greet.GreetPlugin",
            """
            package greet;
            import dev.segue.sdk.*;
            public final class GreetPlugin implements SeguePlugin {
              @Override public void describe(Catalog catalog) { catalog.step(new Greet()); }
              @StepInfo(name = "greet", title = "Greet", effect = Effect.NONE)
              static final class Greet implements Step<Greet.Input, Greet.Output> {
                record Input(String name) {}
                record Output(String text, String version) {}
                @Override public Output run(Input input, StepContext context) {
                  BODY
                  return new Output("Hello " + input.name(), "VERSION");
                }
              }
            }
            """
                .replace("BODY", body)
                .replace("VERSION", version));
  }

  private List<JobRecord> offer(int count) {
    List<JobRecord> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(
          engine.offer(
              GREET,
              1,
              Map.of("resultVariable", "greeting", "retryBackoff", "PT2S"),
              "{\"name\":\"Ada\"}"));
    }
    return jobs;
  }

  private static long tried(List<JobRecord> jobs) {
    return jobs.stream().filter(job -> job.state != State.OPEN || !job.failures.isEmpty()).count();
  }

  private static void settled(List<JobRecord> jobs) {
    await()
        .atMost(PATIENCE)
        .until(() -> jobs.stream().allMatch(job -> job.state == State.COMPLETED));
  }

  private String state(String version) {
    return version(version).path("state").asString();
  }

  private JsonNode version(String version) {
    return admin
        .get("/plugins/hello")
        .expect(200)
        .path("versions")
        .valueStream()
        .filter(one -> one.path("version").asString().equals(version))
        .findFirst()
        .orElseThrow();
  }

  private void everyServerServes(String version) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(servers)
                    .allSatisfy(
                        server ->
                            assertThat(server.plugins.steps().pluginVersion(GREET))
                                .contains(version)));
  }
}
