import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
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
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drives a running server over HTTP and prints what points, monitors and schedules cost it. */
final class Automation {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int METRICS = 100;
  private static final int POINTS_AT_ONCE = 10_000;
  private static final int CLIENTS = 4;
  private static final int ALERTS_A_SECOND = 5;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final String token;
  private final int series;
  private final int monitors;
  private final int schedules;
  private final int seconds;
  private Instant clock = Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

  private Automation(String url, Path tokenFile, Map<String, Integer> options) throws IOException {
    this.url = url + "/api/v1";
    this.token = Files.readString(tokenFile).strip();
    this.series = options.getOrDefault("--series", 100_000);
    this.monitors = options.getOrDefault("--monitors", 10_000);
    this.schedules = options.getOrDefault("--schedules", 10_000);
    this.seconds = options.getOrDefault("--seconds", 60);
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Integer> options = new HashMap<>();
    for (int i = 2; i + 1 < arguments.length; i += 2) {
      options.put(arguments[i], Integer.parseInt(arguments[i + 1]));
    }
    new Automation(arguments[0], Path.of(arguments[1]), options).run();
  }

  private void run() throws Exception {
    System.out.printf(
        "plan       %,d series, %,d monitors, %,d schedules, %d s of alerts%n%n",
        series, monitors, schedules, seconds);
    deploy("alerted");
    deploy("scheduled");
    double first = pointsASecond(false);
    double plain = pointsASecond(false);
    double packed = pointsASecond(true);
    putAll(monitors, this::monitor, "monitor");
    double watched = pointsASecond(true);
    System.out.printf(
        "points     %,8.0f a second, %d clients, JSON lines: each series new%n"
            + "           %,8.0f a second  to series that are there%n"
            + "           %,8.0f a second  gzipped, %.2f of it%n"
            + "           %,8.0f a second  gzipped, with the monitors watching, %.2f of it%n%n",
        first, CLIENTS, plain, packed, packed / plain, watched, watched / plain);
    alerts();
    mornings();
  }

  /** A workflow that ends at once: what is measured is its start. */
  private void deploy(String name) throws Exception {
    String diagram =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions"
            targetNamespace="https://segue.dev/bench">
          <bpmn:process id="%1$s" name="%1$s" isExecutable="true">
            <bpmn:startEvent id="start"><bpmn:outgoing>flow</bpmn:outgoing></bpmn:startEvent>
            <bpmn:sequenceFlow id="flow" sourceRef="start" targetRef="end" />
            <bpmn:endEvent id="end"><bpmn:incoming>flow</bpmn:incoming></bpmn:endEvent>
          </bpmn:process>
        </bpmn:definitions>
        """
            .formatted(name);
    send(
        request("/workflows")
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofString(diagram)));
  }

  /** One point for each series, in batches. */
  private double pointsASecond(boolean gzip) throws Exception {
    clock = clock.plusSeconds(60);
    Instant at = clock;
    List<byte[]> bodies =
        IntStream.range(0, (series + POINTS_AT_ONCE - 1) / POINTS_AT_ONCE)
            .mapToObj(batch -> lines(batch * POINTS_AT_ONCE, at))
            .map(text -> gzip ? zipped(text) : text.getBytes(StandardCharsets.UTF_8))
            .toList();
    long began = System.nanoTime();
    inParallel(bodies.size(), CLIENTS, i -> push(bodies.get(i), gzip));
    return series / ((System.nanoTime() - began) / 1e9);
  }

  private String lines(int from, Instant at) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < Math.min(series, from + POINTS_AT_ONCE); i++) {
      text.append(line(i, at, 10));
    }
    return text.toString();
  }

  /** Series {@code i}: ten of them belong to one monitor, a hundred monitors share a metric. */
  private String line(int i, Instant at, double value) {
    int monitor = i % monitors;
    return """
        {"metric":"bench_%d","time":"%s","value":%s,"labels":{"batch":"b%d","unit":"u%d"}}
        """
        .formatted(monitor % METRICS, at, value, monitor / METRICS, i / monitors);
  }

  private JsonNode push(byte[] body, boolean gzip) throws Exception {
    HttpRequest.Builder request =
        request("/metrics").header("Content-Type", "application/x-ndjson");
    if (gzip) {
      request.header("Content-Encoding", "gzip");
    }
    return send(request.POST(BodyPublishers.ofByteArray(body)));
  }

  private Object monitor(int i) {
    return Map.of(
        "workflow",
        "alerted",
        "monitor",
        Map.of(
            "metric", "bench_" + i % METRICS,
            "labels", Map.of("batch", "b" + i / METRICS),
            "by", List.of("batch"),
            "condition", Map.of("above", 100)));
  }

  /** Ordinary points all the time, and in between those that open an alert each. */
  private void alerts() throws Exception {
    Map<String, Instant> sent = new HashMap<>();
    int at = 0;
    int provoked = 0;
    for (int second = 0; second < seconds; second++) {
      long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      clock = Instant.now();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 1000; i++) {
        int which = at++ % series;
        boolean alert = i % (1000 / ALERTS_A_SECOND) == 7 && provoked < monitors;
        if (alert) {
          which = provoked++;
          sent.put("trigger:monitor-" + which, Instant.now());
        }
        text.append(line(which, clock.plusMillis(i), alert ? 200 : 10));
      }
      push(zipped(text.toString()), true);
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
    }
    List<JsonNode> runs = startedRuns("alerted", sent.size());
    List<Double> decided = new ArrayList<>();
    List<Double> started = new ArrayList<>();
    for (JsonNode run : runs) {
      Instant point = sent.get(run.path("startedBy").asString());
      decided.add(millis(point, run, "createdAt"));
      started.add(millis(point, run, "startedAt"));
    }
    System.out.printf(
        "alerts     %d of %d points out of order started a run, %d of them twice%n"
            + "           from the point's sending to the start's commit  p50 %,7.0f ms  p99 %,7.0f ms%n"
            + "           from the point's sending to the engine's run    p50 %,7.0f ms  p99 %,7.0f ms%n%n",
        distinct(runs).size(),
        sent.size(),
        runs.size() - distinct(runs).size(),
        percentile(decided, 50),
        percentile(decided, 99),
        percentile(started, 50),
        percentile(started, 99));
  }

  /** All at one instant, as at six in the morning. */
  private void mornings() throws Exception {
    ZonedDateTime due =
        ZonedDateTime.now(ZoneOffset.UTC)
            .plusSeconds(90 + schedules / 60)
            .truncatedTo(ChronoUnit.MINUTES)
            .plusMinutes(1);
    putAll(
        schedules,
        i ->
            Map.of(
                "workflow",
                "scheduled",
                "schedule",
                Map.of(
                    "cron", "%d %d * * *".formatted(due.getMinute(), due.getHour()),
                    "zone", "UTC")),
        "morning");
    if (Instant.now().isAfter(due.toInstant())) {
      throw new IllegalStateException("the schedules took too long to write");
    }
    TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), due.toInstant()).toMillis());
    List<JsonNode> runs = startedRuns("scheduled", schedules);
    List<Double> decided =
        runs.stream().map(run -> millis(due.toInstant(), run, "createdAt")).toList();
    List<Double> started =
        runs.stream().map(run -> millis(due.toInstant(), run, "startedAt")).toList();
    System.out.printf(
        "schedules  %,d of %,d due at one instant started a run, %d of them twice%n"
            + "           starts committed  the last after %6.1f s: %,7.0f a minute%n"
            + "           begun by engine   the last after %6.1f s: %,7.0f a minute%n%n",
        distinct(runs).size(),
        schedules,
        runs.size() - distinct(runs).size(),
        percentile(decided, 100) / 1000,
        runs.size() / percentile(decided, 100) * 60_000,
        percentile(started, 100) / 1000,
        runs.size() / percentile(started, 100) * 60_000);
  }

  private static Set<String> distinct(List<JsonNode> runs) {
    Set<String> triggers = new HashSet<>();
    runs.forEach(run -> triggers.add(run.path("startedBy").asString()));
    return triggers;
  }

  private static double millis(Instant from, JsonNode run, String field) {
    return Duration.between(from, Instant.parse(run.path(field).asString())).toNanos() / 1e6;
  }

  private static double percentile(List<Double> values, double percent) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    return sorted.length == 0
        ? Double.NaN
        : sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
  }

  private void putAll(int count, IntFunction<Object> body, String name) throws Exception {
    inParallel(
        count,
        8,
        i ->
            send(
                request("/triggers/" + name + "-" + i)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body.apply(i))))));
  }

  /** Waits until that many were begun by the engine, then lists them. */
  private List<JsonNode> startedRuns(String workflow, int wanted) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    List<JsonNode> runs = runs(workflow);
    while (Instant.now().isBefore(end)
        && (runs.size() < wanted || runs.stream().anyMatch(run -> !run.hasNonNull("startedAt")))) {
      TimeUnit.SECONDS.sleep(5);
      runs = runs(workflow);
    }
    return runs;
  }

  private List<JsonNode> runs(String workflow) throws Exception {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = send(request("/runs?limit=200&workflow=" + workflow + cursor).GET());
      page.path("items").forEach(all::add);
      String next = page.path("next").asString("");
      cursor = next.isEmpty() ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    return all;
  }

  private interface Work {
    Object at(int index) throws Exception;
  }

  private static void inParallel(int count, int clients, Work work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(clients)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int index = i;
        all.add(executor.submit(() -> work.at(index)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofMinutes(5))
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  private static byte[] zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
