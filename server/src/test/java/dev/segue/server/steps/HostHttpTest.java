package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import dev.segue.runtime.ConnectionDescriptor;
import dev.segue.runtime.call.SecretMask;
import dev.segue.runtime.invoke.Attempt;
import dev.segue.runtime.invoke.AttemptConnection;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.StepContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HostHttpTest {

  private final AtomicInteger requests = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer server;
  private HostHttp.Gate gate = (connection, rate, deadline) -> true;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/busy",
        exchange -> {
          int status = requests.incrementAndGet() < 3 ? 503 : 200;
          exchange.getResponseHeaders().add("Retry-After", "0");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    client.close();
  }

  @Test
  void aReadIsRepeatedWhileTheServerIsBusy() throws Exception {
    assertThat(send(HttpRequest.newBuilder(busy()).build()).statusCode()).isEqualTo(200);
    assertThat(requests).hasValue(3);
  }

  @Test
  void aWriteIsRepeatedOnlyWithAKey() throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(busy()).POST(HttpRequest.BodyPublishers.noBody());

    assertThat(send(post.copy().build()).statusCode()).isEqualTo(503);
    assertThat(requests).hasValue(1);
    assertThat(send(post.header("Idempotency-Key", "k").build()).statusCode()).isEqualTo(200);
  }

  @Test
  void anotherHostIsOutOfReach() {
    HttpRequest request = HttpRequest.newBuilder(URI.create("https://elsewhere.example/x")).build();

    assertThatIOException()
        .isThrownBy(() -> send(request))
        .withMessageContaining("elsewhere.example:443")
        .withMessageContaining("none of its connections declares that host");
  }

  @Test
  void aRequestThatWaitsTooLongForItsRateIsNotSent() {
    gate = (connection, rate, deadline) -> false;

    assertThatIOException()
        .isThrownBy(() -> send(HttpRequest.newBuilder(busy()).build()))
        .withMessageContaining("waits for the rate of the connection 'oven-main'");
    assertThat(requests).hasValue(0);
  }

  private URI busy() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/busy");
  }

  private HttpResponse<Void> send(HttpRequest request) throws Exception {
    ConnectionDescriptor type =
        new ConnectionDescriptor(
            "bakery", "oven", "Oven", "", "", 0, JsonMapper.shared().createObjectNode(), List.of());
    AttemptConnection connection =
        new AttemptConnection(
            "oven",
            "oven-main",
            type,
            new Oven(),
            Set.of("127.0.0.1:" + server.getAddress().getPort()));
    Attempt attempt =
        new Attempt(
            Instant.now().plusSeconds(30), false, true, List.of(connection), new SecretMask());
    return new HostHttp(client, gate, attempt, InstantSource.system())
        .send(request, HttpResponse.BodyHandlers.discarding());
  }

  private record Oven() implements ConnectionType {
    @Override
    public Set<String> hosts() {
      return Set.of();
    }

    @Override
    public ConnectionCheck test(StepContext context) {
      return new ConnectionCheck(true, "");
    }
  }
}
