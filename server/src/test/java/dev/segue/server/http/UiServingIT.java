package dev.segue.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.http.ui.UiFiles;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How browsers get the pages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UiServingIT {

  private static final String SCRIPT = "/assets/index-Ab12_x.js";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Metrics metrics = new Metrics();
  private ApiServer server;

  @BeforeAll
  void start() throws Exception {
    server = serve("ui-sample");
  }

  @AfterAll
  void stop() {
    server.close();
    metrics.close();
  }

  private ApiServer serve(String folder) throws Exception {
    return ApiServer.start(
        new ApiServerSettings("127.0.0.1", 0),
        new ApiServer.Parts(
            Contract.load(),
            List.of(),
            credentials -> Optional.empty(),
            new NothingRemembered(),
            fault -> Optional.empty(),
            () -> true,
            metrics,
            UiFiles.of(folder)));
  }

  @Test
  void everyAddressThatIsNoFileGetsThePageUnderAStrictPolicy() throws Exception {
    for (String path : List.of("/", "/runs", "/approvals/42?tab=changes", "/admin/people")) {
      HttpResponse<String> page = get(path);
      assertThat(page.statusCode()).as(path).isEqualTo(200);
      assertThat(page.body()).contains("<title>Segue</title>");
      assertThat(header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
      assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
      assertThat(header(page, "Content-Security-Policy"))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe-eval");
      assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
    }
  }

  @Test
  void aPageThatDidNotChangeIsNotSentAgain() throws Exception {
    String tag = header(get("/"), "ETag");
    HttpResponse<String> again = send(request("/runs").header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(tag);
    assertThat(send(request("/").header("If-None-Match", "\"old\"")).statusCode()).isEqualTo(200);
  }

  @Test
  void assetsAreKeptForGoodAndOtherFilesAreNot() throws Exception {
    HttpResponse<String> script = get(SCRIPT);
    assertThat(header(script, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(header(script, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    HttpResponse<String> icon = get("/favicon.svg");
    assertThat(header(icon, "Content-Type")).isEqualTo("image/svg+xml");
    assertThat(header(icon, "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void theSmallestEncodingThatTheBrowserTakesIsSentAsItWasBuilt() throws Exception {
    HttpResponse<String> brotli = send(request(SCRIPT).header("Accept-Encoding", "gzip, br"));
    assertThat(header(brotli, "Content-Encoding")).isEqualTo("br");
    assertThat(brotli.body()).isEqualTo("stands for a script in brotli");
    assertThat(header(brotli, "Content-Type")).startsWith("text/javascript");
    assertThat(header(brotli, "Vary")).containsIgnoringCase("accept-encoding");
    HttpResponse<String> gzip = send(request("/").header("Accept-Encoding", "gzip, br;q=0"));
    assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
    HttpResponse<String> plain = get(SCRIPT);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(header(plain, "ETag")).isNotEqualTo(header(brotli, "ETag"));
  }

  @Test
  void headTellsWhatGetWouldSend() throws Exception {
    for (String path : List.of("/", SCRIPT)) {
      HttpResponse<String> head = send(request(path).method("HEAD", BodyPublishers.noBody()));
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      assertThat(header(head, "Content-Length"))
          .isEqualTo(Integer.toString(get(path).body().length()));
    }
  }

  @Test
  void programsNeverGetAPage() throws Exception {
    for (String path :
        List.of("/api", "/api/", "/api/v1/nothing", "/api/v2", "/hooks", "/health/other")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    }
    HttpResponse<String> hook = get("/hooks/x");
    assertThat(hook.statusCode()).as("webhooks are posted to").isEqualTo(405);
    assertThat(header(hook, "Content-Type")).isEqualTo("application/problem+json");
    HttpResponse<String> post = send(request("/").POST(BodyPublishers.ofString("x")));
    assertThat(post.statusCode()).isEqualTo(404);
    assertThat(header(post, "Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void nothingOutsideTheFolderIsEverSent() throws Exception {
    for (String path :
        List.of(
            "/assets/missing.js",
            "/../openapi/segue.yaml",
            "/assets/../../openapi/segue.yaml",
            "/..%2fopenapi/segue.yaml",
            "/%2e%2e/openapi/segue.yaml",
            "/assets/..%5c..%5copenapi%5csegue.yaml",
            "//openapi/segue.yaml",
            "/assets//openapi/segue.yaml",
            "/.hidden.js",
            "/assets/%00.js")) {
      assertThat(raw(path)).as(path).startsWith("HTTP/1.1 404").doesNotContain("openapi:");
    }
  }

  @Test
  void saysPlainlyThatThePagesWereNotBuilt() throws Exception {
    try (ApiServer bare = serve("ui-that-nobody-built")) {
      HttpResponse<String> answer =
          send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + bare.port() + "/runs")));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("not built", "ui.skip", "Node");
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElseThrow();
  }

  /** Sends the path as it is: clients of good manners would tidy it up first. */
  private String raw(String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(60_000);
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try (InputStream in = socket.getInputStream()) {
        in.transferTo(answer);
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  private static final class NothingRemembered implements IdempotencyStore {
    @Override
    public Claim claim(Call call) {
      return new Claim.Fresh();
    }

    @Override
    public void complete(Call call, Answer answer) {}

    @Override
    public void release(Call call) {}
  }
}
