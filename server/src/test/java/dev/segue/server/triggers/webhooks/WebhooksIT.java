package dev.segue.server.triggers.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.forms.FormRules;
import dev.segue.server.http.ApiServer;
import dev.segue.server.http.ApiServerSettings;
import dev.segue.server.http.Contract;
import dev.segue.server.http.Json;
import dev.segue.server.http.Metrics;
import dev.segue.server.http.Operation;
import dev.segue.server.http.ui.UiFiles;
import dev.segue.server.people.People;
import dev.segue.server.runs.NoParts;
import dev.segue.server.runs.Runs;
import dev.segue.server.runs.WorkflowLookup;
import dev.segue.server.secrets.SecretKeyFile;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.storage.Database;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import dev.segue.server.triggers.Triggers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Webhooks through the real door, on a real database, with a clock that the test turns. */
class WebhooksIT {

  private static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  private static final String JSON = "application/json";
  private static final String FORM =
      """
      {"components": [{"type": "number", "key": "total", "label": "Total",
        "validate": {"required": true, "max": 1000}}]}\
      """;

  @TempDir private Path home;

  private final EventBus events = new EventBus();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private volatile Instant now = START;
  private volatile @Nullable String form;
  private SecretStore store;
  private TestDoor door;
  private ApiClient admin;
  private String secret = "";

  @BeforeEach
  void open() {
    store = new SecretStore(SecretKeyFile.openOrCreate(home));
    door = TestDoor.open((database, people) -> operations(database, people));
    admin = door.admin();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    events.close();
    door.close();
  }

  @Test
  void aSignedEventStartsOneRunHoweverOftenAndWhereverItComes() throws Exception {
    webhook(Map.of(), Map.of("total", "event.data.total"));
    ApiClient second = server(opened);
    String body = "{\"total\": 12.5}";
    List<Callable<ApiClient.Answer>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ApiClient client = i % 2 == 0 ? door.anybody() : second;
      calls.add(() -> call(client, "msg_1", body));
    }
    JsonNode first = null;
    int fresh = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<ApiClient.Answer> answered : threads.invokeAll(calls)) {
        JsonNode answer = answered.get().expect(202);
        first = first == null ? answer : first;
        assertThat(answer.path("run")).isEqualTo(first.path("run"));
        assertThat(answer.path("outcome").asString()).isEqualTo("started");
        assertThat(answer.path("firing").asString()).isEqualTo("msg_1");
        fresh += answer.has("repeated") ? 0 : 1;
      }
    }
    assertThat(fresh).isEqualTo(1);
    assertThat(runs()).containsExactly("{\"total\":12.5}");

    List<AutoCloseable> restarted = new ArrayList<>();
    now = now.plus(Duration.ofDays(20));
    ApiClient third = server(restarted);
    assertThat(call(third, "msg_1", body).expect(202).path("repeated").asBoolean()).isTrue();
    assertThat(call(third, "msg_2", body).expect(202).has("repeated")).isFalse();
    assertThat(runs()).hasSize(2);
    for (AutoCloseable one : restarted.reversed()) {
      one.close();
    }
    assertThat(firings().get(1).path("key").asString()).isEqualTo("msg_1");
  }

  @Test
  void whatIsNotSignedWellIsRefusedAndLeavesNothing() {
    webhook(Map.of(), Map.of());
    String body = "{\"total\": 1}";
    Map<String, String> good = signed(secret, "msg_1", now, body);
    List<Map<String, String>> bad = new ArrayList<>();
    bad.add(Map.of());
    bad.add(signed("whsec_AAAAAAAAAAAAAAAAAAAAAAAA", "msg_1", now, body));
    bad.add(signed(secret, "msg_1", now, body + " "));
    bad.add(with(good, "webhook-id", "msg_2"));
    bad.add(with(good, "webhook-timestamp", Long.toString(now.getEpochSecond() + 1)));
    bad.add(signed(secret, "msg_1", now.minus(Duration.ofMinutes(6)), body));
    bad.add(signed(secret, "msg_1", now.plus(Duration.ofMinutes(6)), body));
    String before = null;
    for (Map<String, String> headers : bad) {
      String said = send(door.anybody(), headers, body).problem(401, "signature");
      before = before == null ? said : before;
      assertThat(said).isEqualTo(before).doesNotContain(secret);
    }
    assertThat(send(door.anybody(), "//hooks/nowhere", good, body).problem(404, "not-found"))
        .contains("nowhere");
    assertThat(firings()).isEmpty();
    assertThat(meters.counter("segue.webhooks.refused", "reason", "signature").count())
        .isEqualTo(5);
    assertThat(meters.counter("segue.webhooks.refused", "reason", "replay").count()).isEqualTo(2);
    assertThat(eventRows()).isZero();
    send(door.anybody(), good, body).expect(202);
    assertThat(runs()).hasSize(1);
  }

  @Test
  void whatIsTooLargeOfAnotherTypeOrTooOftenIsRefused() throws IOException {
    webhook(Map.of("bodyLimit", 4096, "rateLimit", 30), Map.of());
    long large = 50L << 20;
    assertThat(
            post(door.anybody(), Map.of(), BodyPublishers.fromPublisher(zeros(large), large), JSON)
                .problem(413, "too-large"))
        .contains("4,096", "52428800");
    try {
      post(door.anybody(), Map.of(), zeros(1L << 20), JSON).problem(413, "too-large");
    } catch (UncheckedIOException e) {
      assertThat(e).as("the sender was cut off").isNotNull();
    }
    assertThat(post(door.anybody(), Map.of(), text("a=b"), "text/plain").problem(415, "media-type"))
        .contains("application/json");
    assertThat(
            post(door.anybody(), Map.of(), text("[]"), "application/cloudevents-batch+json")
                .problem(415, "media-type"))
        .contains("each event by itself");
    assertThat(
            post(door.anybody(), Map.of("Content-Encoding", "gzip"), text("[]"), JSON)
                .problem(415, "media-type"))
        .contains("compressed");
    assertThat(call(door.anybody(), "msg_1", "{\"pin\": ").problem(400, "bad-request"))
        .contains("not JSON");
    ApiClient.Answer answer = call(door.anybody(), "msg_2", "{}");
    for (int i = 0; answer.status() == 202 && i < 40; i++) {
      answer = call(door.anybody(), "msg_2", "{}");
    }
    answer.problem(429, "too-many");
    assertThat(answer.header("Retry-After")).contains("2");
    now = now.plusSeconds(4);
    call(door.anybody(), "msg_2", "{}").expect(202);
    assertThat(runs()).hasSize(1);
  }

  @Test
  void aPausedWebhookTakesEventsAndStartsNothing() {
    webhook(Map.of(), Map.of());
    admin.patch("/triggers/orders", Map.of("paused", true, "reason", "Renovation")).expect(200);
    JsonNode answer = call(door.anybody(), "msg_1", "{}").expect(202);
    assertThat(answer.path("outcome").asString()).isEqualTo("skipped");
    assertThat(answer.has("run")).isFalse();
    assertThat(answer.toString()).doesNotContain("Renovation");
    assertThat(firings().getFirst().path("reason").asString()).contains("Renovation");
    admin.patch("/triggers/orders", Map.of("paused", false)).expect(200);
    assertThat(call(door.anybody(), "msg_1", "{}").expect(202).path("outcome").asString())
        .isEqualTo("skipped");
    call(door.anybody(), "msg_2", "{}").expect(202);
    assertThat(runs()).hasSize(1);
  }

  @Test
  void anEventThatDoesNotFitIsRefusedAndMayComeAgainOnceMended() {
    form = FORM;
    webhook(Map.of("siteFrom", "event.data.shop"), Map.of("total", "event.data.total"));
    site("north");
    String good = "{\"total\": 5, \"shop\": \"north\"}";
    String secretive = "{\"totl\": 5, \"shop\": \"north\", \"pin\": \"hush-4711\"}";
    assertThat(call(door.anybody(), "msg_1", secretive).problem(422, "invalid"))
        .contains("msg_1")
        .doesNotContain("totl");
    assertThat(firings().getFirst().path("reason").asString())
        .contains("mapping.total", "total")
        .doesNotContain("4711");
    call(door.anybody(), "msg_2", good.replace("5", "5000")).problem(422, "invalid");
    assertThat(firings().getFirst().path("reason").asString())
        .contains("variables.total", "at most 1000");
    call(door.anybody(), "msg_3", good.replace("north", "south")).problem(422, "invalid");
    assertThat(firings().getFirst().path("reason").asString()).contains("webhook.siteFrom");
    assertThat(runs()).isEmpty();

    JsonNode mended = call(door.anybody(), "msg_1", good).expect(202);
    assertThat(mended.path("outcome").asString()).isEqualTo("started");
    assertThat(mended.path("firing").asString()).isEqualTo("msg_1 (attempt 2)");
    assertThat(call(door.anybody(), "msg_1", good).expect(202).path("run"))
        .isEqualTo(mended.path("run"));
    assertThat(firings().getFirst().path("site").asString()).isEqualTo("north");
    assertThat(runs()).hasSize(1);
  }

  @Test
  void aNewSecretHoldsAtOnceAndTheFormerOneForAWhile() {
    webhook(Map.of(), Map.of());
    String former = secret;
    JsonNode made =
        admin.post("/triggers/orders/webhook-secret", Map.of("overlap", "PT1H")).expect(201);
    String fresh = made.path("secret").asString();
    assertThat(made.path("formerValidUntil").asString()).isEqualTo("2026-06-01T09:00:00Z");
    assertThat(fresh).startsWith("whsec_").isNotEqualTo(former);
    sendSigned(former, "msg_1").expect(202);
    sendSigned(fresh, "msg_2").expect(202);
    now = START.plus(Duration.ofHours(1));
    sendSigned(former, "msg_3").problem(401, "signature");
    sendSigned(fresh, "msg_3").expect(202);
    admin
        .post(
            "/triggers/orders/webhook-secret",
            Map.of("secret", "brought-by-the-sender-1", "overlap", "PT0S"))
        .expect(201);
    sendSigned(fresh, "msg_4").problem(401, "signature");
    sendSigned("brought-by-the-sender-1", "msg_4").expect(202);
    assertThat(
            admin
                .post("/triggers/orders/webhook-secret", Map.of("secret", "with blanks and more"))
                .problem(422, "invalid"))
        .contains("16 to 200");
    assertThat(admin.get("/triggers/orders").expect(200).toString())
        .doesNotContain(fresh, "brought-by");
    assertThat(admin.get("/audit").expect(200).toString()).doesNotContain(fresh, "brought-by");
    int before = secrets();
    admin.delete("/triggers/orders").expect(204);
    assertThat(secrets()).isLessThan(before).isZero();
    assertThat(eventRows()).isZero();
    sendSigned(fresh, "msg_5").problem(404, "not-found");
  }

  @Test
  void otherSchemesAndCloudEventsTellEventsApartInTheirOwnWays() {
    webhook(Map.of("scheme", "github"), Map.of());
    String body = "{\"ref\": \"main\"}";
    Map<String, String> hub =
        Map.of(
            "X-Hub-Signature-256", "sha256=" + HexFormat.of().formatHex(hmac(bytes(secret), body)));
    send(door.anybody(), with(hub, "X-GitHub-Delivery", "d1"), body).expect(202);
    assertThat(
            send(door.anybody(), with(hub, "X-GitHub-Delivery", "d1"), body)
                .expect(202)
                .path("repeated")
                .asBoolean())
        .isTrue();
    assertThat(runs().getFirst())
        .contains("\"event\"", "\"ref\":\"main\"")
        .doesNotContain("headers");
    JsonNode byBody = send(door.anybody(), hub, body).expect(202);
    assertThat(byBody.path("firing").asString()).startsWith("body:");
    now = now.plusSeconds(200);
    assertThat(send(door.anybody(), hub, body).expect(202).path("repeated").asBoolean()).isTrue();
    now = now.plusSeconds(200);
    assertThat(send(door.anybody(), hub, body).expect(202).path("firing").asString())
        .endsWith("(attempt 2)");
    assertThat(runs()).hasSize(3);

    replace(Map.of("scheme", "none"), Map.of("kind", "event.type", "shop", "event.source"));
    assertThat(admin.get("/triggers/orders").expect(200).path("warnings").toString())
        .contains("whoever knows the address");
    String structured =
        "{\"specversion\":\"1.0\",\"id\":\"7\",\"source\":\"/till\",\"type\":\"placed\"}";
    JsonNode answer =
        post(door.anybody(), Map.of(), text(structured), "application/cloudevents+json")
            .expect(202);
    assertThat(answer.path("firing").asString()).isEqualTo("/till 7");
    Map<String, String> binary =
        Map.of("ce-specversion", "1.0", "ce-id", "7", "ce-source", "/till", "ce-type", "placed");
    assertThat(send(door.anybody(), binary, "{}").expect(202).path("run"))
        .isEqualTo(answer.path("run"));
    assertThat(runs()).contains("{\"kind\":\"placed\",\"shop\":\"/till\"}");
    replace(Map.of("scheme", "none", "eventId", "/order/id"), Map.of());
    assertThat(
            send(door.anybody(), Map.of(), "{\"order\": {\"id\": 99}}")
                .expect(202)
                .path("firing")
                .asString())
        .isEqualTo("99");
  }

  @Test
  void whatMakesNoSenseIsRefusedWhenItIsWrittenAndCanBeTriedOut() {
    form = FORM;
    admin
        .put("/triggers/wrong", content(Map.of("scheme", "md5"), Map.of()))
        .problem(400, "bad-request");
    assertThat(refused(Map.of("scheme", "header"), Map.of("total", "1")))
        .contains("webhook.header");
    assertThat(refused(Map.of("site", "mars"), Map.of("total", "1"))).contains("no site mars");
    assertThat(refused(Map.of("siteFrom", "1 +"), Map.of("total", "1")))
        .contains("webhook.siteFrom");
    assertThat(refused(Map.of(), Map.of("total", "event.data."))).contains("mapping.total");
    assertThat(refused(Map.of(), Map.of())).contains("variables.total", "needed");
    assertThat(refused(Map.of("replayWindow", "P2D"), Map.of("total", "1")))
        .contains("webhook.replayWindow");

    Map<String, Object> trigger =
        content(
            Map.of("scheme", "none", "businessKey", "event.data.order"),
            Map.of("total", "event.data.total * 2", "who", "event.headers.`x-shop`"));
    JsonNode tried =
        admin
            .post(
                "/trigger-mapping-preview",
                Map.of(
                    "trigger",
                    trigger,
                    "event",
                    Map.of("total", 4, "order", "A7"),
                    "headers",
                    Map.of("X-Shop", "north")))
            .expect(200);
    assertThat(tried.path("starts").asBoolean()).isTrue();
    assertThat(tried.path("variables").toString()).contains("\"total\":8", "\"who\":\"north\"");
    assertThat(tried.path("businessKey").asString()).isEqualTo("A7");
    assertThat(tried.path("key").asString()).startsWith("body:");
    JsonNode failed =
        admin
            .post("/trigger-mapping-preview", Map.of("trigger", trigger, "event", Map.of()))
            .expect(200);
    assertThat(failed.path("starts").asBoolean()).isFalse();
    assertThat(failed.path("errors").toString())
        .contains("mapping.total", "mapping.who", "webhook.businessKey");
    webhook(Map.of(), Map.of("total", "event.data.total"));
    assertThat(
            admin
                .post(
                    "/trigger-mapping-preview",
                    Map.of("id", "orders", "event", Map.of("total", 4000)))
                .expect(200)
                .path("errors")
                .toString())
        .contains("at most 1000");
    assertThat(runs()).isEmpty();
  }

  private String refused(Map<String, Object> webhook, Map<String, String> mapping) {
    ApiClient.Answer answer = admin.put("/triggers/wrong", content(webhook, mapping));
    return answer.problem(422, "invalid") + answer.json().path("errors");
  }

  private static Map<String, Object> content(
      Map<String, Object> webhook, Map<String, String> mapping) {
    return Map.of("workflow", "order", "webhook", webhook, "mapping", mapping);
  }

  private void webhook(Map<String, Object> webhook, Map<String, String> mapping) {
    JsonNode made = admin.put("/triggers/orders", content(webhook, mapping)).expect(201);
    assertThat(made.path("warnings").toString()).contains("no secret yet");
    secret =
        admin
            .post("/triggers/orders/webhook-secret", Map.of())
            .expect(201)
            .path("secret")
            .asString();
    assertThat(admin.get("/triggers/orders").expect(200).has("warnings")).isFalse();
  }

  private void replace(Map<String, Object> webhook, Map<String, String> mapping) {
    String tag = admin.get("/triggers/orders").header("ETag").orElseThrow();
    admin.with("If-Match", tag).put("/triggers/orders", content(webhook, mapping)).expect(200);
  }

  private ApiClient.Answer call(ApiClient client, String id, String body) {
    return send(client, signed(secret, id, now, body), body);
  }

  private ApiClient.Answer sendSigned(String by, String id) {
    return send(door.anybody(), signed(by, id, now, "{}"), "{}");
  }

  private static ApiClient.Answer send(ApiClient client, Map<String, String> headers, String body) {
    return send(client, "//hooks/orders", headers, body);
  }

  private static ApiClient.Answer send(
      ApiClient client, String path, Map<String, String> headers, String body) {
    return with(client, headers).send("POST", path, text(body), JSON);
  }

  private static ApiClient.Answer post(
      ApiClient client, Map<String, String> headers, BodyPublisher body, String mediaType) {
    return with(client, headers).send("POST", "//hooks/orders", body, mediaType);
  }

  private static ApiClient with(ApiClient client, Map<String, String> headers) {
    ApiClient with = client;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      with = with.with(header.getKey(), header.getValue());
    }
    return with;
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return more;
  }

  /** As Standard Webhooks has it. */
  private static Map<String, String> signed(String by, String id, Instant at, String body) {
    byte[] key = by.startsWith("whsec_") ? Base64.getDecoder().decode(by.substring(6)) : bytes(by);
    String content = id + "." + at.getEpochSecond() + "." + body;
    String signature = Base64.getEncoder().encodeToString(hmac(key, content));
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(at.getEpochSecond()),
        "webhook-signature",
        "v1," + signature);
  }

  private static byte[] hmac(byte[] key, String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static BodyPublisher text(String body) {
    return BodyPublishers.ofString(body);
  }

  /** So many that nobody would want to hold them. */
  private static BodyPublisher zeros(long count) {
    return BodyPublishers.ofInputStream(
        () ->
            new InputStream() {
              private long left = count;

              @Override
              public int read() {
                return left-- > 0 ? '0' : -1;
              }
            });
  }

  private List<JsonNode> firings() {
    return admin.get("/triggers/orders/firings").expect(200).path("items").valueStream().toList();
  }

  private List<String> runs() {
    return door.database()
        .jooq()
        .fetch("select variables from segue.run order by created_at, run_id")
        .map(row -> Json.text(Json.parse(row.get(0, String.class))));
  }

  private int eventRows() {
    return count("segue.webhook_event");
  }

  private int secrets() {
    return count("segue.secret");
  }

  private int count(String table) {
    return door.database()
        .jooq()
        .fetchSingle("select count(*) from " + table)
        .get(0, Integer.class);
  }

  private void site(String id) {
    admin
        .post("/sites", Map.of("id", id, "name", id, "zone", "Europe/Berlin", "currency", "EUR"))
        .expect(201);
  }

  /** Another server on the same database. */
  private ApiClient server(List<AutoCloseable> closing) throws ApiServer.PortTakenException {
    Metrics metrics = new Metrics();
    closing.add(metrics);
    ApiServer server =
        ApiServer.start(
            new ApiServerSettings("127.0.0.1", 0),
            new ApiServer.Parts(
                Contract.load(),
                operations(door.database(), door.people()),
                door.people().authenticator(),
                door.people().idempotency(),
                fault -> Optional.empty(),
                () -> true,
                metrics,
                UiFiles.of("ui")));
    closing.add(server);
    return new ApiClient("http://127.0.0.1:" + server.port());
  }

  private List<Operation> operations(Database database, People people) {
    Outbox outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    opened.add(outbox);
    Runs runs =
        new Runs(
            new Runs.Ground(database, engine(), outbox, events, people.audit()),
            new Runs.Neighbours(
                new OneWorkflow(),
                site -> true,
                new NoParts(),
                (tx, job, happened, result, by) -> {}));
    InstantSource clock = () -> now;
    Triggers triggers =
        new Triggers(
            new Triggers.Ground(
                database, runs.starter(), new OneWorkflow(), people.audit(), clock));
    Webhooks webhooks =
        new Webhooks(
            new Webhooks.Ground(
                database, triggers, store, "north"::equals, people.audit(), meters, clock));
    List<Operation> operations = new ArrayList<>(triggers.operations());
    operations.addAll(webhooks.operations());
    return operations;
  }

  /** Never answers: what matters here is what was committed before. */
  private static Engine engine() {
    return (Engine)
        Proxy.newProxyInstance(
            WebhooksIT.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private final class OneWorkflow implements WorkflowLookup {
    @Override
    public Optional<Startable> find(String workflowId, @Nullable Integer version) {
      return Optional.of(new Startable(workflowId, "Order", 1, 7, false));
    }

    @Override
    public FormRules startForm(String workflowId, int version) {
      return form == null ? FormRules.NONE : FormRules.of(Json.parse(form));
    }

    @Override
    public Map<String, DiagramElement> elements(long processDefinitionKey) {
      return Map.of();
    }
  }
}
