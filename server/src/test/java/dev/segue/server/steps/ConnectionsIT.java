package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.connections.ConnectionOperations;
import dev.segue.server.connections.ConnectionTester;
import dev.segue.server.connections.ConnectionUse;
import dev.segue.server.connections.Connections;
import dev.segue.server.people.People;
import dev.segue.server.secrets.SecretKeyFile;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.steps.InMemoryEngine.JobRecord;
import dev.segue.server.steps.InMemoryEngine.State;
import dev.segue.server.storage.Database;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Connections that one server changes by its door, while another one runs the steps. */
class ConnectionsIT {

  private static final String PEEK = "recorder:peek:1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path temp;
  private final AtomicReference<StepsFixture> steps = new AtomicReference<>();
  private volatile ConnectionTester.Finding finding = new ConnectionTester.Finding(true, "fine");
  private InMemoryEngine engine;
  private TestDoor door;
  private ApiClient admin;
  private long run;

  @BeforeEach
  void open() {
    engine = new InMemoryEngine();
    door = TestDoor.open((database, people) -> operations(database, people).operations());
    steps.get().start();
    admin = door.admin();
    admin
        .post(
            "/connections",
            Map.of(
                "name",
                "main-file",
                "type",
                "recorder:file",
                "fields",
                Map.of("path", "/old"),
                "secrets",
                Map.of("token", "short")))
        .expect(201);
  }

  private ConnectionOperations operations(Database database, People people) {
    StepsFixture other = new StepsFixture(temp, engine, database, StepsFixture.QUICK);
    steps.set(other);
    return new ConnectionOperations(
        database,
        new Connections(
            database,
            new SecretStore(SecretKeyFile.openOrCreate(temp)),
            other.plugins.connectionTypes()),
        other.plugins.connectionTypes(),
        (name, type) -> finding,
        other.traffic,
        (name, type) ->
            List.of(new ConnectionUse.User("daily", 2, "look", PEEK, "connection", false, 3)),
        people.audit());
  }

  @AfterEach
  void close() throws Exception {
    steps.get().close();
    engine.close();
    door.close();
  }

  @Test
  void aChangedSecretOrFieldIsUsedByTheNextAttemptOnEveryServer() {
    assertThat(peeked()).contains("\"path\":\"/old\"", "\"tokenLength\":5");

    patch(Map.of("secrets", Map.of("token", "much-longer")));
    assertThat(peeked()).contains("\"path\":\"/old\"", "\"tokenLength\":11");

    patch(Map.of("fields", Map.of("path", "/new")));
    assertThat(peeked()).contains("\"path\":\"/new\"", "\"tokenLength\":11");
  }

  @Test
  void aPausedConnectionLetsItsStepsWaitAndSaysSo() {
    assertThat(peeked()).contains("\"tokenLength\":5");
    patch(Map.of("paused", true));
    JobRecord job = peek("false");

    await().atMost(PATIENCE).until(() -> openAlarms() == 1);
    await().atMost(PATIENCE).until(() -> job.failures.size() > 2);
    assertThat(job.state).isEqualTo(State.OPEN);
    assertThat(job.failures.getLast())
        .contains("'main-file' is paused", "goes on by itself when it is resumed");

    patch(Map.of("paused", false));
    awaitState(job, State.COMPLETED);
    assertThat(openAlarms()).isZero();
  }

  @Test
  void healthTellsHowCallsAndTestsWent() {
    assertThat(peeked()).contains("\"tokenLength\":5");
    awaitState(peek("true"), State.INCIDENT);

    await().atMost(PATIENCE).until(() -> shown().path("traffic").path("failures").asInt() > 0);
    JsonNode traffic = shown().path("traffic");
    assertThat(traffic.path("calls").asInt()).isGreaterThan(traffic.path("failures").asInt());
    assertThat(traffic.path("errorRate").asDouble()).isBetween(0.01, 0.99);
    assertThat(traffic.path("lastSuccessAt").asString()).isNotEmpty();
    assertThat(traffic.path("lastFailure").asString())
        .contains("the outside system refuses the token")
        .doesNotContain("short");
    JsonNode user = shown().path("usedBy").get(0);
    assertThat(user.path("workflow").asString()).isEqualTo("daily");
    assertThat(user.path("runs").asInt()).isEqualTo(3);

    finding = new ConnectionTester.Finding(false, "The token is refused; enter another one.");
    JsonNode tested = admin.post("/connections/main-file/test", Map.of()).expect(200);
    assertThat(tested.path("tookMillis").isIntegralNumber()).isTrue();
    JsonNode shown = shown();
    assertThat(shown.path("health").asString()).isEqualTo("fails");
    assertThat(shown.path("healthMessage").asString()).contains("enter another one");
    assertThat(shown.path("healthTookMillis").isIntegralNumber()).isTrue();
    await()
        .atMost(PATIENCE)
        .until(
            () -> shown().path("traffic").path("lastFailure").asString().contains("enter another"));
  }

  private JsonNode shown() {
    return admin.get("/connections/main-file").expect(200);
  }

  private void patch(Map<String, ?> body) {
    String etag = admin.get("/connections/main-file").header("ETag").orElseThrow();
    admin.with("If-Match", etag).patch("/connections/main-file", body).expect(200);
  }

  private String peeked() {
    JobRecord job = peek("false");
    awaitState(job, State.COMPLETED);
    return job.answer;
  }

  private JobRecord peek(String fail) {
    return engine.offer(
        PEEK,
        ++run,
        Map.of("resultVariable", "seen"),
        "{\"connection\":\"main-file\",\"fail\":" + fail + "}");
  }

  private int openAlarms() {
    return door.database()
        .jooq()
        .fetchSingle(
            "select count(*)::int from segue.alarm where kind = 'connection-paused' and cleared_at is null")
        .get(0, Integer.class);
  }

  private static void awaitState(JobRecord job, State state) {
    await().atMost(PATIENCE).until(() -> job.state == state);
  }
}
