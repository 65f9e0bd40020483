package dev.segue.plugins.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Speaks a provider's protocol on the loopback interface and answers what it was given. */
final class FakeProvider implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One answer: a status, and the text that the model writes. */
  record Answer(int status, String text) {}

  private final Provider provider;
  private final HttpServer server;
  private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean silent;

  FakeProvider(Provider provider) throws IOException {
    this.provider = provider;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  FakeProvider thenWrites(String text) {
    answers.add(new Answer(200, text));
    return this;
  }

  FakeProvider thenFails(int status) {
    answers.add(new Answer(status, ""));
    return this;
  }

  /** Takes requests from now on and answers none. */
  FakeProvider thenSaysNothing() {
    silent = true;
    return this;
  }

  URI address() {
    String path = provider == Provider.OLLAMA ? "" : "/v1";
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Waits until a model was asked for the first time. */
  void awaitQuestion() throws InterruptedException {
    if (!asked.await(20, TimeUnit.SECONDS)) {
      throw new AssertionError("nobody asked");
    }
  }

  List<JsonNode> requests() {
    return requests;
  }

  List<String> paths() {
    return paths;
  }

  private void serve(HttpExchange exchange) throws IOException {
    paths.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("GET")) {
      reply(exchange, 200, "{\"data\":[{\"id\":\"tiny\"}],\"models\":[{\"name\":\"tiny\"}]}");
      return;
    }
    requests.add(JSON.readTree(body));
    asked.countDown();
    if (silent) {
      await();
      exchange.close();
      return;
    }
    Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
    boolean good = answer != null && answer.status() == 200;
    reply(
        exchange,
        answer == null ? 500 : answer.status(),
        good ? JSON.writeValueAsString(body(answer.text())) : "{\"error\":{\"message\":\"no\"}}");
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> body(String text) {
    return switch (provider) {
      case OPENAI ->
          Map.of(
              "id",
              "chatcmpl-1",
              "object",
              "chat.completion",
              "created",
              1,
              "model",
              "tiny",
              "choices",
              List.of(
                  Map.of(
                      "index",
                      0,
                      "finish_reason",
                      "stop",
                      "message",
                      Map.of("role", "assistant", "content", text))),
              "usage",
              Map.of("prompt_tokens", 400, "completion_tokens", 100, "total_tokens", 500));
      case ANTHROPIC ->
          Map.of(
              "id", "msg_1",
              "type", "message",
              "role", "assistant",
              "model", "tiny",
              "content", List.of(Map.of("type", "text", "text", text)),
              "stop_reason", "end_turn",
              "usage", Map.of("input_tokens", 400, "output_tokens", 100));
      case OLLAMA ->
          Map.of(
              "model",
              "tiny",
              "created_at",
              "2026-11-20T10:00:00Z",
              "message",
              Map.of("role", "assistant", "content", text),
              "done",
              true,
              "done_reason",
              "stop",
              "prompt_eval_count",
              400,
              "eval_count",
              100);
    };
  }

  private static void reply(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
