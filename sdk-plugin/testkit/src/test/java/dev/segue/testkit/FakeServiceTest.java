package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.sdk.Secret;
import dev.segue.sdk.StepContext;
import dev.segue.testkit.FakeService.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An author can test what a step makes of an outside system in all its moods. */
class FakeServiceTest {

  private FakeService service;
  private TestHost host;

  @BeforeEach
  void open() throws IOException {
    service = new FakeService();
    host = TestHost.of("faulty", new FaultyPlugin());
  }

  @AfterEach
  void close() throws Exception {
    host.close();
    service.close();
  }

  @Test
  void answersAsItIsToldAndKeepsWhatItWasAsked() throws Exception {
    service.answer("GET /loaves", Answer.ok("12").header("X-Shelf", "3"));

    HttpResponse<String> answer =
        send(context(), get("/loaves?day=monday").header("X-Who", "me").build());

    assertThat(answer.body()).isEqualTo("12");
    assertThat(answer.headers().firstValue("X-Shelf")).hasValue("3");
    assertThat(service.requests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.path()).isEqualTo("/loaves?day=monday");
              assertThat(request.header("x-WHO")).hasValue("me");
            });
    assertThat(service.writes()).isZero();
  }

  @Test
  void whatTheTestDidNotForeseeIsNotFoundAndSaysSo() throws Exception {
    assertThat(send(context(), get("/cake").build()))
        .returns(404, HttpResponse::statusCode)
        .returns("the test says nothing about GET /cake", HttpResponse::body);
  }

  @Test
  void readsAreAskedAgainUntilTheServiceHasCalmedDown() throws Exception {
    service.answer(
        "GET /loaves",
        Answer.status(429).header("Retry-After", "1"),
        Answer.status(503),
        Answer.broken(),
        Answer.ok("12"));

    assertThat(send(context(), get("/loaves").build()).body()).isEqualTo("12");
    assertThat(service.requests()).hasSize(4);
  }

  @Test
  void aWriteIsAskedAgainOnlyWithAnIdempotencyKey() throws Exception {
    service.answer("POST /loaves", Answer.status(503));
    HttpRequest.Builder post = get("/loaves").POST(HttpRequest.BodyPublishers.noBody());

    assertThat(send(context(), post.build()).statusCode()).isEqualTo(503);
    assertThat(service.writes()).isEqualTo(1);

    send(context(), post.header("Idempotency-Key", "k").build());
    assertThat(service.writes()).isEqualTo(5);
  }

  @Test
  void aPauseBeyondTheDeadlineIsLeftToTheStep() throws Exception {
    service.answer("GET /loaves", Answer.status(429).header("Retry-After", "3600"));

    assertThat(send(context(), get("/loaves").build()).statusCode()).isEqualTo(429);
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void aSlowAnswerComesTooLate() {
    service.answer("GET /loaves", Answer.ok("12").after(Duration.ofMinutes(1)));
    host.limit(Duration.ofMillis(200));

    assertThatThrownBy(() -> send(context(), get("/loaves").build()))
        .isInstanceOf(HttpTimeoutException.class);
  }

  @Test
  void aHostThatTheConnectionDoesNotDeclareIsOutOfReach() throws IOException {
    try (FakeService other = new FakeService()) {
      assertThatThrownBy(
              () -> send(context(), HttpRequest.newBuilder(other.url().resolve("/")).build()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("doesn't declare the host 127.0.0.1");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void theRealWorldIsOutOfReachEvenWhereDeclared() {
    StepContext context =
        host.context(new FaultyAccount(URI.create("http://192.0.2.1:80"), new Secret("hunter22")));

    assertThatThrownBy(
            () -> send(context, HttpRequest.newBuilder(URI.create("http://192.0.2.1:80/")).build()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a test reaches the local machine alone");
  }

  private StepContext context() {
    return host.context(new FaultyAccount(service.url(), new Secret("hunter22")));
  }

  private HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(service.url().resolve(path));
  }

  private static HttpResponse<String> send(StepContext context, HttpRequest request)
      throws IOException, InterruptedException {
    return context.http().send(request, BodyHandlers.ofString());
  }
}
