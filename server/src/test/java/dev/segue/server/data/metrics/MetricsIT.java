package dev.segue.server.data.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsIT {

  private static final String LINES = "application/x-ndjson";

  private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
  private TestDoor door;
  private ApiClient admin;

  @BeforeAll
  void open() {
    door = TestDoor.open();
    admin = door.admin();
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  @Test
  void pointsArePushedOnceHoweverOftenTheyAreSent() {
    String lines =
        line("orders", 1, 10, "cafe") + line("orders", 2, 20, "cafe") + line("orders", 2, 5, "bar");
    assertThat(push(lines).path("accepted").asInt()).isEqualTo(3);
    assertThat(push(lines).path("accepted").asInt()).isEqualTo(3);
    assertThat(push(line("orders", 2, 30, "cafe")).path("refused").asInt()).isZero();

    JsonNode answer = values("orders", "&aggregation=sum&by=");
    assertThat(answer.path("series")).hasSize(1);
    assertThat(answer.at("/series/0/labels")).isEmpty();
    assertThat(answer.at("/series/0/points").valueStream().map(point -> point.path(1).asDouble()))
        .containsExactly(35.0, 10.0);
    assertThat(values("orders", "&by=site&aggregation=max").path("series")).hasSize(2);
    assertThat(values("orders", "&label=site%3Dbar").at("/series/0/points/0/1").asDouble())
        .isEqualTo(5);
    JsonNode series = admin.get("/metrics/orders/series?label=site%3Dcafe").expect(200);
    assertThat(series.at("/items/0/lastValue").asDouble()).isEqualTo(10);
    assertThat(series.at("/items")).hasSize(1);
  }

  @Test
  void badLinesAreToldAndTheOthersTaken() {
    JsonNode taken =
        push(
            line("mixed", 1, 1, "cafe")
                + "{\"metric\":\"mixed\",\"time\":\"2999-01-01T00:00:00Z\",\"value\":1}\n"
                + "nonsense\n");
    assertThat(taken.path("accepted").asInt()).isEqualTo(1);
    assertThat(taken.path("refused").asInt()).isEqualTo(2);
    assertThat(taken.at("/errors/0/line").asInt()).isEqualTo(2);
    assertThat(taken.at("/errors/0/reason").asString()).contains("future");
    assertThat(taken.at("/errors/1/line").asInt()).isEqualTo(3);
  }

  @Test
  void aLineThatCannotBeStoredOrSummedUpHoldsUpNoOther() {
    String start = "{\"metric\":\"whole\",\"time\":\"%s\",\"value\":".formatted(hour);
    JsonNode taken =
        push(
            line("whole", 1, 1, "cafe")
                + (start + "1,\"labels\":{\"site\":\"x\\u0000\"}}\n")
                + (start + "1.5e308}\n" + start.replace("00Z", "01Z") + "1.5e308}\n")
                + line("whole", 2, 2, "cafe"));
    assertThat(taken.path("accepted").asInt()).isEqualTo(2);
    assertThat(taken.path("refused").asInt()).isEqualTo(3);
    assertThat(values("whole", "&aggregation=sum&step=P1D&by=").path("series")).hasSize(1);
  }

  @Test
  void timesThatAreTheSameAsStoredAreOnePoint() {
    String fine = "{\"metric\":\"fine\",\"time\":\"%s.000001%dZ\",\"value\":%d}\n";
    String second = hour.minusSeconds(60).toString().replace("Z", "");
    JsonNode taken = push(fine.formatted(second, 1, 1) + fine.formatted(second, 4, 2));
    assertThat(taken.path("accepted").asInt()).isEqualTo(2);
    assertThat(values("fine", "&aggregation=sum").at("/series/0/points/0/1").asDouble())
        .isEqualTo(2);
  }

  @Test
  void manyPointsComeZippedAndABodyThatIsTooLargeIsRefused() throws IOException {
    String many =
        IntStream.range(0, 12_000)
            .mapToObj(
                i ->
                    "{\"metric\":\"zipped\",\"time\":%d,\"value\":%d}\n"
                        .formatted(hour.minusSeconds(i).toEpochMilli(), i))
            .collect(Collectors.joining());
    JsonNode taken =
        admin
            .with("Content-Encoding", "gzip")
            .send("POST", "/metrics", BodyPublishers.ofByteArray(zipped(many)), LINES)
            .expect(200);
    assertThat(taken.path("accepted").asInt()).isEqualTo(12_000);
    admin
        .with("Content-Encoding", "gzip")
        .upload("/metrics", LINES, "no zip".getBytes(StandardCharsets.UTF_8))
        .problem(400, "bad-request");
    admin.upload("/metrics", LINES, new byte[(16 << 20) + 1]).problem(413, "too-large");
  }

  @Test
  void whatIsNoPointIsToldWhateverItTries() {
    String start = "{\"metric\":\"odd\",\"time\":\"%s\",\"value\":".formatted(hour);
    JsonNode taken =
        push(
            start
                + "NaN}\n"
                + (start + "\"NaN\"}\n")
                + (start + "1e999}\n")
                + (start + "null}\n")
                + (start + "1,\"labels\":{\"Big Label\":\"x\"}}\n")
                + (start + "1,\"unit\":\"EUR\"}\n")
                + "{\"metric\":\"odd\",\"time\":\"yesterday\",\"value\":1}\n"
                + "{\"metric\":\"odd\",\"time\":\"1999-01-01T00:00:00Z\",\"value\":1}\n"
                + "{\"metric\":\"odd\",\"time\":\"%s\",\"value\":1}\n"
                    .formatted(Instant.now().plusSeconds(3600))
                + "{\"metric\":\"DROP TABLE\",\"time\":\"%s\",\"value\":1}\n".formatted(hour));
    assertThat(taken.path("accepted").asInt()).isZero();
    assertThat(taken.path("refused").asInt()).isEqualTo(10);
    assertThat(taken.path("errors").valueStream().map(error -> error.path("reason").asString()))
        .allSatisfy(reason -> assertThat(reason).isNotBlank());
    admin.get("/metrics/odd").problem(404, "not-found");
  }

  @Test
  void pointsMayComeOutOfOrder() {
    push(line("late", 1, 1, "cafe"));
    push(line("late", 3, 3, "cafe") + line("late", 2, 2, "cafe"));
    assertThat(values("late", "").at("/series/0/points")).hasSize(3);
    JsonNode series = admin.get("/metrics/late/series").expect(200);
    assertThat(series.at("/items/0/lastValue").asDouble()).isEqualTo(1);
    assertThat(series.at("/items/0/lastAt").asString())
        .isEqualTo(hour.minus(Duration.ofHours(1)).toString());
  }

  @Test
  void bodiesThatAreTooLargeOrBrokenAreRefused() throws IOException {
    admin.upload("/metrics", LINES, new byte[50 << 20]).problem(413, "too-large");
    ApiClient zipping = admin.with("Content-Encoding", "gzip");
    assertThat(zipping.upload("/metrics", LINES, bomb()).problem(413, "too-large"))
        .contains("Unpacked");
    byte[] whole = zipped(line("torn", 1, 1, "cafe").repeat(1000));
    byte[] torn = Arrays.copyOf(whole, whole.length / 2);
    assertThat(zipping.upload("/metrics", LINES, torn).problem(400, "bad-request"))
        .contains("no whole gzip");
  }

  @Test
  void aMetricHasNoMoreThanAHundredThousandSeries() {
    push(line("crowd", 1, 1, "cafe"));
    door.database()
        .jooq()
        .execute(
            "insert into data.metric_series (metric, labels) select 'crowd',"
                + " jsonb_build_object('id', i::text) from generate_series(1, 99998) as g (i)");
    JsonNode taken = push(line("crowd", 1, 1, "bar") + line("crowd", 1, 1, "inn"));
    assertThat(taken.path("accepted").asInt()).isOne();
    assertThat(taken.path("refused").asInt()).isOne();
    assertThat(taken.at("/errors/0/reason").asString()).contains("100000 series already");
  }

  @Test
  void aMetricIsNamedAndFound() {
    push(line("footfall", 1, 1, "cafe"));
    admin
        .patch(
            "/metrics/footfall",
            Map.of("title", "People at the door", "unit", "{person}", "description", "Counted"))
        .expect(200);
    JsonNode found = admin.get("/metrics?search=at%20the%20door").expect(200);
    assertThat(found.at("/items/0/metric").asString()).isEqualTo("footfall");
    assertThat(found.at("/items/0/series").asInt()).isEqualTo(1);
    assertThat(found.at("/items/0/description").asString()).isEqualTo("Counted");
    assertThat(values("footfall", "").path("unit").asString()).isEqualTo("{person}");
    admin.get("/metrics/nowhere").problem(404, "not-found");
    assertThat(admin.get("/metrics/footfall/values?step=PT0.1S").status()).isEqualTo(422);
    assertThat(
            admin
                .get("/metrics/footfall/values?step=PT1S&from=2020-01-01T00:00:00Z")
                .problem(422, "invalid"))
        .contains("steps");
  }

  @Test
  void whatIsOldBecomesHoursAndThenDaysAndASumStaysASum() {
    MetricStore past = store(hour.minus(Duration.ofDays(500)));
    SeriesKey key = SeriesKey.of("old", Map.of());
    Instant day = hour.minus(Duration.ofDays(502)).truncatedTo(ChronoUnit.DAYS);
    past.write(
        IntStream.range(0, 120)
            .mapToObj(i -> new Sample(key, day.plus(Duration.ofMinutes(i)), i))
            .toList());
    JsonNode before = sumOf(day);
    store(hour).expire();
    assertThat(rows("data.metric_point", "old")).isZero();
    assertThat(rows("data.metric_rollup", "old")).isEqualTo(2);
    assertThat(sumOf(day)).isEqualTo(before);
    store(hour.plus(Duration.ofDays(800))).expire();
    assertThat(rows("data.metric_rollup", "old")).isEqualTo(1);
    assertThat(sumOf(day)).isEqualTo(before);
    store(hour.plus(Duration.ofDays(4000))).expire();
    assertThat(rows("data.metric_rollup", "old")).isZero();
  }

  @Test
  void hoursThatWereRolledUpStaySoWhereALaterOneCannotBe() {
    Instant day = hour.minus(Duration.ofDays(502)).truncatedTo(ChronoUnit.DAYS);
    SeriesKey key = SeriesKey.of("stuck", Map.of());
    store(hour.minus(Duration.ofDays(500)))
        .write(
            IntStream.range(0, 4)
                .mapToObj(i -> new Sample(key, day.plus(Duration.ofMinutes(i * 30)), i))
                .toList());
    setLater("stuck", day.plus(Duration.ofHours(1)), 1.5e308);
    assertThatThrownBy(() -> store(hour).expire()).isInstanceOf(DataAccessException.class);
    assertThat(rows("data.metric_point", "stuck")).isEqualTo(2);
    assertThat(rows("data.metric_rollup", "stuck")).isOne();

    setLater("stuck", day.plus(Duration.ofHours(1)), 1);
    store(hour).expire();
    assertThat(rows("data.metric_point", "stuck")).isZero();
    assertThat(rows("data.metric_rollup", "stuck")).isEqualTo(2);
  }

  @Test
  void aMetricHasOnlySoManySeries() {
    MetricLimits defaults = MetricLimits.defaults();
    MetricStore narrow =
        new MetricStore(
            door.database(),
            new MetricLimits(
                defaults.future(), defaults.raw(), defaults.hourly(), defaults.daily(), 16, 2),
            () -> hour);
    List<Sample> samples =
        IntStream.range(0, 3)
            .mapToObj(i -> new Sample(SeriesKey.of("many", Map.of("id", "n" + i)), hour, 1))
            .toList();
    assertThat(narrow.write(samples)).hasSize(1);
  }

  private MetricStore store(Instant now) {
    return new MetricStore(door.database(), MetricLimits.defaults(), () -> now);
  }

  private JsonNode sumOf(Instant day) {
    return admin
        .get(
            "/metrics/old/values?aggregation=sum&step=P1D&from=%s&to=%s"
                .formatted(day, day.plus(Duration.ofDays(1))))
        .expect(200)
        .path("series");
  }

  private void setLater(String metric, Instant from, double value) {
    door.database()
        .jooq()
        .execute(
            """
            update data.metric_point set value = ?
            where at >= ?::timestamptz and series_id in (
              select series_id from data.metric_series where metric = ?)\
            """,
            value,
            from.toString(),
            metric);
  }

  private int rows(String table, String metric) {
    return door.database()
        .jooq()
        .fetchSingle(
            "select count(*) from %s join data.metric_series using (series_id) where metric = ?"
                .formatted(table),
            metric)
        .get(0, Integer.class);
  }

  private JsonNode push(String lines) {
    return admin.upload("/metrics", LINES, lines.getBytes(StandardCharsets.UTF_8)).expect(200);
  }

  private JsonNode values(String metric, String more) {
    return admin
        .get(
            "/metrics/%s/values?from=%s&to=%s%s"
                .formatted(
                    metric, hour.minus(Duration.ofDays(1)), hour.plus(Duration.ofHours(1)), more))
        .expect(200);
  }

  /** A point of some hours ago. */
  private String line(String metric, int ago, double value, String site) {
    return "{\"metric\":\"%s\",\"time\":\"%s\",\"value\":%s,\"labels\":{\"site\":\"%s\"}}%n"
        .formatted(metric, hour.minus(Duration.ofHours(ago)), value, site);
  }

  /** A small zip of 300 MB. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[1 << 20];
    Arrays.fill(part, (byte) 'x');
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 300; i++) {
        zip.write(part);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] zipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
