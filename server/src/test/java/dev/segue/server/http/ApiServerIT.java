package dev.segue.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.http.ui.UiFiles;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What every operation can rely on, whoever handles it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiServerIT {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Metrics metrics = new Metrics();
  private final AtomicInteger calls = new AtomicInteger();
  private ApiServer server;

  @BeforeAll
  void start() throws Exception {
    server = ApiServer.start(new ApiServerSettings("127.0.0.1", 0), parts());
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    metrics.close();
  }

  private ApiServer.Parts parts() {
    List<Operation> operations =
        List.of(
            Operation.of(
                "getMe",
                Role.VIEWER,
                request -> ApiResponse.ok(Map.of("username", request.principal().username()))),
            Operation.of(
                "createSite",
                Role.DESIGNER,
                request ->
                    ApiResponse.created(
                        "/api/v1/sites/x", request.json().put("calls", calls.incrementAndGet()))),
            Operation.of(
                "getSite",
                Role.VIEWER,
                request -> {
                  throw new IllegalStateException("secret detail");
                }),
            Operation.of(
                "updateSite",
                Role.DESIGNER,
                request ->
                    ApiResponse.ok(Map.of("edits", request.requireIfMatch())).withVersion(4)),
            Operation.of(
                "importItems",
                Role.DESIGNER,
                request -> ApiResponse.ok(Map.of("bytes", request.bytes().length))),
            Operation.of(
                "deployWorkflow",
                Role.DESIGNER,
                request ->
                    ApiResponse.ok(
                        request.uploads().stream()
                            .map(upload -> upload.fileName() + ":" + upload.content().length)
                            .toList())),
            Operation.open("createSession", request -> ApiResponse.ok(request.json())));
    return new ApiServer.Parts(
        Contract.load(),
        operations,
        ApiServerIT::authenticate,
        new RememberedCalls(),
        fault -> Optional.empty(),
        () -> true,
        metrics,
        UiFiles.of("ui"));
  }

  private static Optional<Authenticator.Authentication> authenticate(
      Authenticator.Credentials credentials) {
    return switch (credentials) {
      case Authenticator.Credentials.Token(String value) when value.equals("viewer") ->
          Optional.of(new Authenticator.Authentication(principal("viewer", Role.VIEWER), null));
      case Authenticator.Credentials.Token(String value) when value.equals("designer") ->
          Optional.of(new Authenticator.Authentication(principal("designer", Role.DESIGNER), null));
      case Authenticator.Credentials.Session(String value) when value.equals("cookie") ->
          Optional.of(new Authenticator.Authentication(principal("ada", Role.DESIGNER), "csrf"));
      default -> Optional.empty();
    };
  }

  private static Principal principal(String name, Role role) {
    return new Principal(
        new UUID(0, 1), name, name, Set.of(role), Set.of(), null, Principal.Door.TOKEN);
  }

  @Test
  void livesAndIsReadyWithoutSignInOrDetail() throws Exception {
    assertThat(send(request("/health/live")).body()).isEqualTo("alive\n");
    assertThat(send(request("/health/ready")).body()).isEqualTo("ready\n");
  }

  @Test
  void showsItsMeasurementsToWhoIsSignedIn() throws Exception {
    send(as("viewer", request("/api/v1/me")));
    assertThat(send(request("/metrics")).statusCode()).isEqualTo(401);
    HttpResponse<String> scraped = send(as("viewer", request("/metrics")));
    assertThat(scraped.body())
        .containsPattern("vertx_http_server_response_time_seconds_count\\{.*route=\"/api/v1/me")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void letsNobodyInWithoutCredentials() throws Exception {
    problem(send(request("/api/v1/me")), 401, "unauthenticated");
    problem(send(as("forged", request("/api/v1/me"))), 401, "unauthenticated");
    assertThat(send(as("viewer", request("/api/v1/me"))).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesWhoLacksTheRoleBeforeLookingAtTheBody() throws Exception {
    HttpResponse<String> answer = send(as("viewer", post("/api/v1/sites", "not even JSON")));
    assertThat(problem(answer, 403, "forbidden").path("detail").asString()).contains("designer");
  }

  @Test
  void wantsTheCsrfTokenFromSessionsThatWrite() throws Exception {
    HttpRequest.Builder reading = request("/api/v1/me").header("Cookie", "segue_session=cookie");
    assertThat(send(reading).statusCode()).isEqualTo(200);
    HttpRequest.Builder writing =
        post("/api/v1/sites", site("site-a")).header("Cookie", "segue_session=cookie");
    problem(send(writing), 403, "csrf");
    assertThat(send(writing.header("X-CSRF-Token", "csrf")).statusCode()).isEqualTo(201);
  }

  @Test
  void answersWhatIsNotThereAndWhatIsNotAllowed() throws Exception {
    problem(send(request("/api/v1/nothing")), 404, "not-found");
    HttpResponse<String> answer = send(as("viewer", request("/api/v1/me").DELETE()));
    problem(answer, 405, "method");
    assertThat(answer.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void refusesBodiesThatBreakTheContract() throws Exception {
    JsonNode broken =
        problem(
            send(as("designer", post("/api/v1/sites", "{\"id\": \"north\"}"))), 400, "bad-request");
    assertThat(broken.path("errors").valueStream().map(e -> e.path("field").asString()))
        .containsExactlyInAnyOrder("name", "zone", "currency");
    problem(send(as("designer", post("/api/v1/sites", "{"))), 400, "bad-request");
    problem(send(as("designer", post("/api/v1/sites", ""))), 400, "bad-request");
    problem(
        send(
            as("designer", request("/api/v1/sites"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("hello"))),
        415,
        "media-type");
  }

  @Test
  void refusesMoreThanOneMebibyteOfJsonAndSaysWhereBulkDataGoes() throws Exception {
    String large = "{\"name\": \"" + "x".repeat(3 << 20) + "\"}";
    JsonNode answer = problem(send(as("designer", post("/api/v1/sites", large))), 413, "too-large");
    assertThat(answer.path("detail").asString()).contains("business data");
    HttpRequest.Builder file =
        as("designer", request("/api/v1/sites/a/items"))
            .header("Content-Type", "text/csv; charset=utf-8")
            .POST(BodyPublishers.ofByteArray(new byte[3 << 20]));
    assertThat(Json.parse(send(file).body()).path("bytes").asInt()).isEqualTo(3 << 20);
  }

  @Test
  void takesFilesOutOfForms() throws Exception {
    String body =
        """
        --line\r
        Content-Disposition: form-data; name="file"; filename="a.bpmn"\r
        Content-Type: application/xml\r
        \r
        <xml/>\r
        --line--\r
        """;
    HttpRequest.Builder form =
        as("designer", request("/api/v1/workflows"))
            .header("Content-Type", "multipart/form-data; boundary=line")
            .POST(BodyPublishers.ofString(body));
    assertThat(send(form).body()).isEqualTo("[\"a.bpmn:6\"]");
  }

  @Test
  void givesTheSamePostTheSameAnswer() throws Exception {
    HttpResponse<String> first = send(withKey("k1", site("site-b")));
    HttpResponse<String> again = send(withKey("k1", site("site-b")));
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.headers().firstValue("Location")).contains("/api/v1/sites/x");
    problem(send(withKey("k1", site("site-c"))), 422, "idempotency-key-used");
    assertThat(send(withKey("k2", site("site-b"))).body()).isNotEqualTo(first.body());
  }

  @Test
  void saysWhichVersionIsEdited() throws Exception {
    String content = "{\"name\": \"N\", \"zone\": \"UTC\", \"currency\": \"EUR\"}";
    HttpRequest.Builder put =
        as("designer", request("/api/v1/sites/a"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(content));
    problem(send(put), 400, "bad-request");
    HttpResponse<String> answer = send(put.header("If-Match", "\"3\""));
    assertThat(answer.body()).isEqualTo("{\"edits\":3}");
    assertThat(answer.headers().firstValue("ETag")).contains("\"4\"");
  }

  @Test
  void hidesWhyItFailedButSaysWhereTheLogHasIt() throws Exception {
    HttpResponse<String> answer = send(as("viewer", request("/api/v1/sites/a")));
    JsonNode problem = problem(answer, 500, "internal");
    assertThat(answer.body()).doesNotContain("secret detail").doesNotContain("Exception");
    assertThat(problem.path("detail").asString()).contains(problem.path("requestId").asString());
  }

  @Test
  void sendsTheHeadersThatBrowsersShouldObey() throws Exception {
    assertThat(send(request("/api/v1/nothing")).headers().map())
        .containsKeys("x-content-type-options", "content-security-policy", "x-request-id");
  }

  @Test
  void saysWhenItsPortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      ApiServerSettings settings = new ApiServerSettings("127.0.0.1", other.getLocalPort());
      assertThatThrownBy(() -> ApiServer.start(settings, parts()))
          .isInstanceOf(ApiServer.PortTakenException.class)
          .hasMessageContaining(Integer.toString(other.getLocalPort()));
    }
  }

  private JsonNode problem(HttpResponse<String> answer, int status, String kind) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains(Problem.MEDIA_TYPE);
    JsonNode problem = Json.parse(answer.body());
    assertThat(problem.path("type").asString()).isEqualTo("urn:segue:problem:" + kind);
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("requestId").asString())
        .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
    return problem;
  }

  private static String site(String id) {
    return """
        {"id": "%s", "name": "North", "zone": "Europe/Berlin", "currency": "EUR"}"""
        .formatted(id);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(60));
  }

  private HttpRequest.Builder post(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private HttpRequest.Builder withKey(String key, String json) {
    return as("designer", post("/api/v1/sites", json)).header("Idempotency-Key", key);
  }

  private static HttpRequest.Builder as(String token, HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static final class RememberedCalls implements IdempotencyStore {

    private final Map<String, Call> claimed = new ConcurrentHashMap<>();
    private final Map<Call, Answer> answers = new ConcurrentHashMap<>();

    @Override
    public Claim claim(Call call) {
      Call before = claimed.putIfAbsent(call.key(), call);
      if (before == null) {
        return new Claim.Fresh();
      }
      if (!before.equals(call)) {
        return new Claim.UsedOtherwise();
      }
      Answer answer = answers.get(call);
      return answer == null ? new Claim.InProgress() : new Claim.Answered(answer);
    }

    @Override
    public void complete(Call call, Answer answer) {
      answers.put(call, answer);
    }

    @Override
    public void release(Call call) {
      claimed.remove(call.key(), call);
    }
  }
}
