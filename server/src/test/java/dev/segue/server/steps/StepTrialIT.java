package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.http.Json;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What people see who try a step by the door, with the recorder plugin behind it. */
class StepTrialIT {

  private static final String TOKEN = "t0p-secret-token";

  @TempDir private Path temp;
  private final AtomicReference<StepsFixture> steps = new AtomicReference<>();
  private InMemoryEngine engine;
  private TestDoor door;
  private ApiClient admin;

  @BeforeEach
  void open() {
    engine = new InMemoryEngine();
    door =
        TestDoor.open(
            (database, people) -> {
              StepsFixture fixture = new StepsFixture(temp, engine, database, StepsFixture.QUICK);
              steps.set(fixture);
              return new StepTrialOperations(
                      fixture.dispatcher.trials(),
                      site -> Optional.empty(),
                      database,
                      people.audit())
                  .operations();
            });
    steps.get().start();
    admin = door.admin();
  }

  @AfterEach
  void close() throws Exception {
    steps.get().close();
    engine.close();
    door.close();
  }

  @Test
  void aStepWithAnEffectIsSimulatedAndLeavesNothingBehind() {
    Path file = temp.resolve("notes");
    JsonNode trial = attempt("recorder:note:1", Map.of("file", file.toString(), "text", "hi"));

    assertThat(trial.path("outcome").asString()).isEqualTo("completed");
    assertThat(trial.path("kind").asString()).isEqualTo("step");
    assertThat(trial.path("pluginVersion").asString()).isEqualTo("1.0.0");
    assertThat(trial.path("output").path("text").asString()).isEqualTo("hi");
    assertThat(trial.path("tookMillis").isIntegralNumber()).isTrue();
    assertThat(file).doesNotExist();
    assertThat(door.database().jooq().fetchCount(DSL.table("segue.step_journal"))).isZero();
    assertThat(admin.get("/audit?limit=5").expect(200).toString())
        .contains("step.try", "recorder:note:1");
  }

  @Test
  void inputThatTheSchemaRefusesNamesTheField() {
    ApiClient.Answer refused =
        admin.post("/steps/recorder:note:1/try", Map.of("input", Map.of("file", "/x")));
    assertThat(refused.problem(422, "invalid")).contains("input.text");
    assertThat(refused.json().path("errors").get(0).path("field").asString())
        .isEqualTo("input.text");

    JsonNode trial = attempt("recorder:note:1", Map.of("file", "/x", "text", "hi", "txet", "typo"));
    assertThat(trial.path("ignored")).extracting(JsonNode::asString).containsExactly("txet");
  }

  @Test
  void logLinesAndFaultsAreShownWithoutSecrets() {
    connection();
    Map<String, Object> body =
        Map.of("input", Map.of("fail", true), "connections", Map.of("connection", "main-file"));
    JsonNode trial = admin.post("/steps/recorder:peek:1/try", body).expect(200);

    assertThat(trial.path("outcome").asString()).isEqualTo("failed");
    assertThat(trial.path("error").path("kind").asString()).isEqualTo("fault");
    assertThat(trial.path("error").path("message").asString())
        .contains("the outside system refuses the token");
    assertThat(trial.path("log").get(0).path("text").asString()).startsWith("the token is ");
    assertThat(trial.path("log").get(0).path("level").asString()).isEqualTo("info");
    assertThat(trial.toString()).doesNotContain(TOKEN);

    body = Map.of("input", Map.of(), "connections", Map.of("connection", "no-such"));
    assertThat(admin.post("/steps/recorder:peek:1/try", body).problem(422, "invalid"))
        .contains("input.connection", "there is no connection 'no-such'");
  }

  @Test
  void aChangeStepShowsItsChangesAndItsApplyOnlyRehearses() throws Exception {
    Path file = Files.writeString(temp.resolve("entries"), "price=3\n");
    Map<String, Object> input =
        Map.of("file", file.toString(), "entries", Map.of("price", "4", "name", "rye"));

    JsonNode plan = attempt("recorder:rename.plan:1", input);
    assertThat(plan.path("kind").asString()).isEqualTo("plan");
    assertThat(plan.path("changes").path("changes")).hasSize(2);
    JsonNode price = plan.path("changes").path("changes").get(1);
    assertThat(price.path("before").path("value").asString()).isEqualTo("3");
    assertThat(price.path("after").path("value").asString()).isEqualTo("4");
    assertThat(plan.has("output")).isFalse();

    JsonNode apply = attempt("recorder:rename.apply:1", input);
    assertThat(apply.path("kind").asString()).isEqualTo("apply");
    assertThat(apply.path("output").path("applied").asInt()).isEqualTo(2);
    assertThat(apply.path("changes").path("changes")).hasSize(2);
    assertThat(file).hasContent("price=3");
    assertThat(door.database().jooq().fetchCount(DSL.table("segue.change_set"))).isZero();
  }

  @Test
  void aStepThatCannotBeStoppedHoldsItsCallerNoLongerThanSaid() {
    long start = System.nanoTime();
    JsonNode trial =
        admin
            .post(
                "/steps/recorder:spin:1/try",
                Map.of("input", Map.of("busy", "PT12S"), "timeoutSeconds", 1))
            .expect(200);

    assertThat(trial.path("error").path("kind").asString()).isEqualTo("timed-out");
    assertThat(trial.path("error").path("message").asString()).contains("more than 1 s");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
  }

  @Test
  void whatCannotBeTriedIsRefusedAtTheDoor() {
    assertThat(
            admin.post("/steps/no:such:1/try", Map.of("input", Map.of())).problem(404, "not-found"))
        .contains("No plugin serves the step type no:such:1");
    assertThat(
            admin
                .post(
                    "/steps/recorder:note:1/try",
                    Map.of("input", Map.of(), "pluginVersion", "9.0.0"))
                .problem(404, "not-found"))
        .contains("version 9.0.0");
    assertThat(
            admin
                .post("/steps/recorder:note:1/try", Map.of("input", Map.of(), "site", "moon"))
                .problem(422, "invalid"))
        .contains("there is no site moon");
    admin
        .post("/steps/recorder:note:1/try", Map.of("input", Map.of("text", "x".repeat(2_000_000))))
        .problem(413, "too-large");
    somebody("vera", "viewer")
        .post("/steps/recorder:note:1/try", Map.of("input", Map.of()))
        .problem(403, "forbidden");
    JsonNode designed =
        somebody("dora", "designer")
            .post("/steps/recorder:note:1/try", Map.of("input", Map.of("file", "/x", "text", "hi")))
            .expect(200);
    assertThat(designed.path("outcome").asString()).isEqualTo("completed");
  }

  private ApiClient somebody(String name, String role) {
    admin
        .post(
            "/users",
            Map.of("username", name, "password", "correct horse battery", "roles", List.of(role)))
        .expect(201);
    return door.anybody().signIn(name, "correct horse battery");
  }

  private void connection() {
    steps
        .get()
        .connections
        .create(
            "main-file",
            "recorder:file",
            Json.object().put("path", "/somewhere").put("token", TOKEN),
            "test");
  }

  private JsonNode attempt(String type, Map<String, ?> input) {
    return admin.post("/steps/" + type + "/try", Map.of("input", input)).expect(200);
  }
}
