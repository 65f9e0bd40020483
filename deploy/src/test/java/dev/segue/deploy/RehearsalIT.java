package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The daily optimization of days past: what it would have done, from what was known then. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RehearsalIT {

  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final LocalDate TODAY = LocalDate.now(ZONE);
  private static final int DAYS_OF_SALES = 70;
  private static final String[] NO_SAMPLE = {"--set", "sample=false"};

  @TempDir private static Path folder;
  private static Path home;
  private static Path sales;
  private static RunningSegue segue;

  @BeforeAll
  static void start() throws IOException {
    home = folder.resolve("home");
    sales = Files.createDirectories(folder.resolve("sales"));
    segue = RunningSegue.start(home, NO_SAMPLE);
    segue
        .cli(
            "deploy",
            Path.of(System.getProperty("segue.distribution"), "workflows", "daily-optimization")
                .toString())
        .ok();
    segue.cli("deploy", Diagrams.file("two-weeks").toString()).ok();
    segue
        .api()
        .post(
            "/sites",
            Map.of(
                "id", "corner",
                "name", "Corner",
                "zone", ZONE.getId(),
                "currency", "EUR",
                "businessDayEnd", "04:00"))
        .ok();
    item("margherita", "9.50", "4.20");
    item("quattro", "15.00", "4.00");
    item("water", "3.00", "1.30");
    segue
        .api()
        .post(
            "/connections",
            Map.of(
                "name",
                "till",
                "type",
                "pos-files:folder",
                "fields",
                Map.of("folder", sales.toString(), "preset", "GENERIC")))
        .ok();
    takeIn("past", TODAY.minusDays(DAYS_OF_SALES), TODAY.minusDays(11), 1);
  }

  @AfterAll
  static void stop() {
    if (segue != null) {
      segue.close();
    }
  }

  @Test
  @Order(1)
  void goesOnAfterTheServerDiedAndRepeatsNoDay() {
    String id = rehearse(TODAY.minusDays(17), TODAY.minusDays(12), "--concurrency", "1");
    patiently()
        .untilAsserted(() -> assertThat(progress(id, "completed")).isGreaterThanOrEqualTo(2));

    segue.kill();
    segue = RunningSegue.start(home, NO_SAMPLE);
    awaitEnd(id);

    assertThat(progress(id, "completed")).isEqualTo(6);
    List<String> days = new ArrayList<>();
    List<String> runs = new ArrayList<>();
    for (JsonNode day : days(id)) {
      days.add(day.path("day").asString());
      runs.add(day.path("run").asString());
      assertThat(day.path("end").asString()).as(day.toString()).isEqualTo("Menu changed");
      assertThat(day.path("changes").get(0).path("count").asInt()).as(day.toString()).isPositive();
    }
    assertThat(days).hasSize(6).doesNotHaveDuplicates();
    JsonNode rehearsed = segue.api().get("/runs?mode=simulated&workflow=daily-optimization");
    assertThat(rehearsed.path("items").valueStream().map(run -> run.path("id").asString()))
        .containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  @Order(2)
  void appliesNothing() {
    assertThat(segue.api().get("/sites/corner/prices").path("items")).isEmpty();
    assertThat(segue.api().get("/sites/corner/promotions").path("items")).isEmpty();
    assertThat(segue.api().get("/sites/corner/forecasts").path("items")).isEmpty();
  }

  @Test
  @Order(3)
  void whatBecameKnownAfterwardsChangesNothingOfTheDay() throws IOException {
    LocalDate day = TODAY.minusDays(11);
    JsonNode before = changesOf(day);
    assertThat(before.path(0).path("changes")).isNotEmpty();

    takeIn("later", TODAY.minusDays(10), TODAY.minusDays(1), 9);

    assertThat(changesOf(day)).isEqualTo(before);
    JsonNode afterwards = changesOf(TODAY.minusDays(1));
    assertThat(afterwards).as("days that know it differ").isNotEqualTo(before);
  }

  @Test
  @Order(4)
  void tellsWhatFollowedWhereTheDataDo() {
    String id = rehearse(TODAY.minusDays(9), TODAY.minusDays(2));
    JsonNode ended = awaitEnd(id);

    JsonNode demand = ended.path("summary").path("outcomes").get(0);
    assertThat(demand.path("id").asString()).isEqualTo("demand");
    assertThat(demand.path("days").asInt()).isPositive();
    assertThat(demand.path("error").asDouble()).as("sales rose ninefold").isGreaterThan(0.1);
    assertThat(demand.has("naiveError")).isTrue();
    assertThat(demand.path("untold").asInt()).as("the last days are not over").isPositive();
    JsonNode last = days(id).getLast().path("outcomes").get(0);
    assertThat(last.path("told").asBoolean()).isFalse();
    assertThat(last.path("because").asString()).contains("are not over");
  }

  @Test
  @Order(5)
  void onlyWhatWasRecordedByThenIsNothingAfterAnImportOfToday() {
    Exit refused =
        segue.cli(
            "rehearse",
            "daily-optimization",
            "--from",
            TODAY.minusDays(19).toString(),
            "--to",
            TODAY.minusDays(18).toString(),
            "--site",
            "corner",
            "--knowledge",
            "recorded");

    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("knowledge", "business-day");
  }

  @Test
  @Order(6)
  void answersApprovalsAsItIsTold() {
    String id = rehearse(TODAY.minusDays(12), TODAY.minusDays(12), "--answer", "reject");
    awaitEnd(id);

    JsonNode day = days(id).getFirst();
    assertThat(day.path("state").asString()).isEqualTo("completed");
    String set = day.path("changes").get(0).path("id").asString();
    assertThat(segue.json("changes", "show", set).path("state").asString()).isEqualTo("rejected");
  }

  @Test
  @Order(7)
  void waitsForNoDays() {
    JsonNode report =
        segue.json(
            "rehearse",
            "two-weeks",
            "--from",
            TODAY.minusDays(3).toString(),
            "--to",
            TODAY.minusDays(2).toString());

    assertThat(report.path("progress").path("waits").asInt()).isEqualTo(2);
    assertThat(report.path("days").get(0).path("reason").asString())
        .contains("Two weeks later", "14 days");
    patiently()
        .untilAsserted(
            () ->
                assertThat(
                        segue
                            .api()
                            .get("/runs?workflow=two-weeks&state=active&state=cancelling")
                            .path("items"))
                    .isEmpty());
  }

  @Test
  @Order(8)
  void canBeCancelledAndWritesItsReport() throws IOException {
    String id = rehearse(TODAY.minusDays(16), TODAY.minusDays(6), "--concurrency", "1");
    patiently()
        .untilAsserted(() -> assertThat(progress(id, "completed")).isGreaterThanOrEqualTo(1));
    segue.cli("rehearsals", "cancel", id, "--reason", "Seen enough").ok();
    Path csv = folder.resolve("changes.csv");

    segue.cli("rehearsals", "show", id, "--out", csv.toString()).ok();

    JsonNode cancelled = segue.api().get("/rehearsals/" + id);
    assertThat(cancelled.path("state").asString()).isEqualTo("cancelled");
    assertThat(progress(id, "cancelled")).isPositive();
    assertThat(progress(id, "running") + progress(id, "planned")).isZero();
    assertThat(Files.readString(csv)).startsWith("day,site,").contains("price,9.5");
    assertThat(segue.cli("rehearsals", "cancel", id).code()).as("it is over").isNotZero();
  }

  private static void item(String id, String price, String cost) {
    segue.cli("items", "set", "corner", id, "--name", id, "--price", price, "--cost", cost).ok();
  }

  /** Sales as a till exports them, taken in by a run of today: known from now on. */
  private static void takeIn(String name, LocalDate from, LocalDate to, int times)
      throws IOException {
    StringBuilder csv =
        new StringBuilder("order id,line id,item id,item name,ordered at,quantity,unit price\n");
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      int weekday = day.getDayOfWeek().getValue();
      csv.append(line(day, "margherita", 40 + times * weekday, "9.50"));
      csv.append(line(day, "quattro", 6 * times, "15.00"));
      csv.append(line(day, "water", 5, "3.00"));
    }
    Files.writeString(sales.resolve(name + ".csv"), csv);
    String run =
        segue
            .api()
            .post(
                "/runs",
                Map.of(
                    "workflow",
                    "daily-optimization",
                    "site",
                    "corner",
                    "variables",
                    Map.of("posConnection", "till")))
            .ok()
            .path("id")
            .asString();
    patiently()
        .untilAsserted(
            () ->
                assertThat(segue.api().run(run).path("variables").path("imported"))
                    .as(segue.api().run(run).path("incidents").toString())
                    .isNotEmpty());
    segue.api().post("/runs/" + run + "/cancellation", Map.of("reason", "The sales are in."));
  }

  private static String line(LocalDate day, String item, int quantity, String price) {
    return "%s-%s,1,%s,%s,%sT12:00:00,%d,%s\n"
        .formatted(day, item, item, item, day, quantity, price);
  }

  private static String rehearse(LocalDate from, LocalDate to, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "rehearse",
                "daily-optimization",
                "--from",
                from.toString(),
                "--to",
                to.toString(),
                "--site",
                "corner",
                "--at",
                "05:00",
                "--var",
                "posConnection=till",
                "--no-wait"));
    command.addAll(List.of(more));
    return segue.json(command.toArray(String[]::new)).path("id").asString();
  }

  /** The change lists of one day, without their ids. */
  private static JsonNode changesOf(LocalDate day) {
    String id = rehearse(day, day);
    awaitEnd(id);
    JsonNode changes = days(id).getFirst().path("changes");
    changes.forEach(list -> list.asObject().remove("id"));
    return changes;
  }

  private static JsonNode awaitEnd(String id) {
    patiently()
        .untilAsserted(
            () ->
                assertThat(segue.api().get("/rehearsals/" + id).path("state").asString())
                    .isEqualTo("completed"));
    return segue.api().get("/rehearsals/" + id);
  }

  private static int progress(String id, String state) {
    return segue.api().get("/rehearsals/" + id).path("progress").path(state).asInt();
  }

  private static List<JsonNode> days(String id) {
    return segue
        .api()
        .get("/rehearsals/" + id + "/days?limit=100")
        .path("items")
        .valueStream()
        .toList();
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(300))
        .ignoreExceptions();
  }
}
