package dev.segue.server.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Speaks the contract on loopback with canned answers, and notes what it was asked. */
final class FakeApi implements AutoCloseable {

  /** What came in. */
  record Call(String method, String path, String query, Map<String, String> headers, String body) {}

  /** What goes out. */
  record Reply(int status, String body, Map<String, String> headers) {

    static Reply json(String body) {
      return new Reply(200, body, Map.of("Content-Type", "application/json"));
    }

    static Reply problem(int status, String body) {
      return new Reply(status, body, Map.of("Content-Type", "application/problem+json"));
    }

    Reply with(String header, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(header, value);
      return new Reply(status, body, more);
    }
  }

  private final HttpServer server;
  private final Map<String, Function<Call, Reply>> replies = new LinkedHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers a method and path, such as {@code GET /runs}, below {@code /api/v1}. */
  void on(String methodAndPath, Function<Call, Reply> reply) {
    replies.put(methodAndPath, reply);
  }

  /** Answers with JSON, always the same. */
  void on(String methodAndPath, String json) {
    on(methodAndPath, call -> Reply.json(json));
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  Call lastCall() {
    return calls.getLast();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    URI uri = exchange.getRequestURI();
    Call call =
        new Call(
            exchange.getRequestMethod(),
            uri.getPath().replaceFirst("^/api/v1", ""),
            uri.getRawQuery() == null ? "" : uri.getRawQuery(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    calls.add(call);
    Reply reply =
        replies
            .getOrDefault(
                call.method() + " " + call.path(), unknown -> Reply.problem(404, NOT_FOUND))
            .apply(call);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static final String NOT_FOUND =
      """
      {"type": "urn:segue:problem:not-found", "title": "Not found", "status": 404,
       "detail": "There is no such thing. List what there is.", "requestId": "r-1"}
      """;

  @Override
  public void close() {
    server.stop(0);
  }
}
