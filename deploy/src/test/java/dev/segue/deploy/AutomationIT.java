package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Runs that nobody starts by hand, on the real engine, while the server dies and comes back. */
class AutomationIT {

  private static final String[] NO_SAMPLE = {"--set", "sample=false"};

  @TempDir private static Path folder;
  private static Path home;
  private static RunningSegue segue;

  @BeforeAll
  static void start() throws IOException {
    home = folder.resolve("home");
    Path plugins = Files.createDirectories(home.resolve("plugins"));
    Files.copy(
        Path.of(System.getProperty("segue.test.plugins"), "segue-plugin-recorder.zip"),
        plugins.resolve("recorder.zip"));
    segue = RunningSegue.start(home, NO_SAMPLE);
    segue.cli("deploy", Diagrams.file("write-down").toString()).ok();
    segue.cli("deploy", Diagrams.file("heed-alert").toString()).ok();
    segue.cli("deploy", Diagrams.file("rename-approved").toString()).ok();
  }

  @AfterAll
  static void stop() {
    if (segue != null) {
      segue.close();
    }
  }

  @Test
  void aScheduleGoesOnAfterItsServerWasKilledAndFiresNoTimeTwice() {
    Recordings lines = new Recordings(folder.resolve("scheduled.tsv"));
    segue
        .cli(
            "triggers",
            "schedule",
            "each-second",
            "--workflow",
            "write-down",
            "--zone",
            "UTC",
            "--cron",
            "* * * * * *",
            "--set",
            "overlap=allow",
            "--set",
            "missed=none",
            "--var",
            "file=" + lines.file(),
            "--var",
            "linger=PT0.2S")
        .ok();
    patiently().untilAsserted(() -> assertThat(lines.texts()).contains("third"));

    segue.kill();
    Instant killed = Instant.now();
    segue = RunningSegue.start(home, NO_SAMPLE);

    patiently().untilAsserted(() -> assertThat(started()).anyMatch(one -> after(one, killed)));
    segue.cli("triggers", "pause", "each-second", "--reason", "enough").ok();
    List<JsonNode> started = started();
    assertThat(started.stream().map(one -> one.path("dueAt").asString())).doesNotHaveDuplicates();
    patiently()
        .untilAsserted(
            () ->
                assertThat(
                        segue.json("runs", "list", "--started-by", "trigger:each-second", "--all"))
                    .hasSizeGreaterThanOrEqualTo(started.size())
                    .allMatch(run -> run.path("state").asString().equals("completed")));
    assertThat(lines.texts())
        .as("each run wrote its lines once")
        .hasSize(
            3 * segue.json("runs", "list", "--started-by", "trigger:each-second", "--all").size());
  }

  @Test
  void anAlertStartsARunAndItsEndReachesThatRunAfterTheServerWasKilled() throws IOException {
    Recordings lines = new Recordings(folder.resolve("alert.tsv"));
    push(point("stone", 220), point("steam", 220));
    Path monitor =
        Files.writeString(
            folder.resolve("monitor.yaml"),
            """
            workflow: heed-alert
            title: An oven is cold
            variables: {file: "%s"}
            monitor:
              metric: oven_celsius
              by: [oven]
              condition: {below: 180, recovery: 200}
            """
                .formatted(lines.file()));
    segue.cli("monitors", "put", "cold-oven", monitor.toString()).ok();

    push(point("stone", 120), point("steam", 210));

    patiently().untilAsserted(() -> assertThat(lines.texts()).containsExactly("opened stone"));
    segue.kill();
    segue = RunningSegue.start(home, NO_SAMPLE);
    push(point("stone", 215), point("steam", 205));

    patiently()
        .untilAsserted(
            () -> assertThat(lines.texts()).containsExactly("opened stone", "ended stone"));
    assertThat(segue.json("runs", "list", "--workflow", "heed-alert")).hasSize(1);
    assertThat(segue.json("triggers", "firings", "cold-oven"))
        .singleElement()
        .satisfies(one -> assertThat(one.path("outcome").asString()).isEqualTo("started"));
  }

  @Test
  void aSignedCallStartsARunOnceHoweverOftenItComes() throws Exception {
    Recordings lines = new Recordings(folder.resolve("called.tsv"));
    JsonNode made =
        segue.json(
            "triggers",
            "webhook",
            "orders",
            "--workflow",
            "write-down",
            "--var",
            "file=" + lines.file(),
            "--var",
            "linger=PT0.1S");
    String body = "{\"order\": 4711}";

    JsonNode first = call(made, body, 202);
    JsonNode again = call(made, body, 202);

    assertThat(again.path("run").asString()).isEqualTo(first.path("run").asString());
    call(forged(made), body, 401);
    patiently().untilAsserted(() -> assertThat(lines.texts()).hasSize(3));
    assertThat(segue.api().run(first.path("run").asString()).path("startedBy").asString())
        .isEqualTo("trigger:orders");
  }

  @Test
  void aPolicyApprovesWhatIsWithinItsLimitsAndLeavesTheRestToPeople() throws IOException {
    Path menu = Files.writeString(folder.resolve("menu.properties"), "cheese=brie\nwine=red\n");
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            workflow: rename-approved
            changes: "recorder:rename"
            level: automatic
            limits: {changesPerSet: 1}
            """);
    segue.cli("policies", "put", "one-name", policy.toString()).ok();

    String small = rename(menu, Map.of("cheese", "gouda"));
    completed(small);
    String large = rename(menu, Map.of("cheese", "feta", "wine", "white"));
    JsonNode waiting = waiting(large);

    assertThat(Files.readString(menu)).contains("gouda", "red");
    assertThat(waiting.at("/policy/reason").asString())
        .startsWith("Not automatic: ")
        .contains("one-name");
    assertThat(segue.json("changes", "list", "--run", small))
        .singleElement()
        .satisfies(set -> assertThat(set.path("state").asString()).isEqualTo("applied"));
    assertThat(segue.cli("audit", "list").ok().out()).contains("policy:one-name");
    segue.cli("approvals", "approve", waiting.path("id").asString()).ok();
    completed(large);
    assertThat(Files.readString(menu)).contains("feta", "white");
  }

  private static String rename(Path file, Map<String, String> to) {
    return segue.api().start("rename-approved", Map.of("file", file.toString(), "entries", to));
  }

  private static void completed(String run) {
    patiently()
        .untilAsserted(
            () -> {
              JsonNode found = segue.api().run(run);
              assertThat(found.path("state").asString())
                  .as(found.path("incidents").toPrettyString())
                  .isEqualTo("completed");
            });
  }

  /** The run's approval, once it waits for a person. */
  private static JsonNode waiting(String run) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(
            () -> {
              JsonNode open = segue.api().get("/approvals?run=" + run).path("items").path(0);
              return open.has("id")
                  ? segue.api().get("/approvals/" + open.path("id").asString())
                  : open;
            },
            found -> found.path("state").asString().equals("open") && found.has("policy"));
  }

  private static JsonNode forged(JsonNode made) {
    return ((ObjectNode) made.deepCopy()).put("secret", "whsec_bm90IHRoZSBzZWNyZXQ=");
  }

  /** Calls as Standard Webhooks has it, always as the same event. */
  private static JsonNode call(JsonNode hook, String body, int status) throws Exception {
    String time = Long.toString(Instant.now().getEpochSecond());
    String secret = hook.path("secret").asString().substring("whsec_".length());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
    byte[] signature =
        mac.doFinal(("order-4711." + time + "." + body).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(segue.api().url().resolve(hook.path("path").asString()))
            .header("Content-Type", "application/json")
            .header("webhook-id", "order-4711")
            .header("webhook-timestamp", time)
            .header("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature))
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return JsonMapper.shared().readTree(answer.body());
    }
  }

  private static List<JsonNode> started() {
    return segue
        .json("triggers", "firings", "each-second", "--all")
        .valueStream()
        .filter(one -> one.path("outcome").asString().equals("started"))
        .toList();
  }

  private static boolean after(JsonNode firing, Instant time) {
    return Instant.parse(firing.path("dueAt").asString()).isAfter(time);
  }

  /** One of now: monitors judge what comes after they were written. */
  private static String point(String oven, double celsius) {
    return """
        {"metric":"oven_celsius","time":"%s","value":%s,"labels":{"oven":"%s"}}"""
        .formatted(Instant.now(), celsius, oven);
  }

  private static void push(String... points) throws IOException {
    Path file = Files.createTempFile(folder, "points", ".jsonl");
    Files.write(file, Stream.of(points).toList());
    segue.cli("metrics", "push", file.toString()).ok();
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions();
  }
}
