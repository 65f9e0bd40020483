package dev.segue.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * An outside system on the local machine: answers HTTP requests as the test says, and keeps them
 * for the test to look at.
 *
 * <pre>{@code
 * try (FakeService bakery = new FakeService()) {
 *   bakery.answer("GET /loaves/rye", Answer.status(503), Answer.ok("12"));
 *   ...
 *   assertThat(bakery.requests()).hasSize(2);
 * }
 * }</pre>
 *
 * <p>Whatever the test has said nothing about is answered by 404 with a text that says so.
 * Thread-safe.
 */
public final class FakeService implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Map<String, Function<Request, Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /**
   * A request that came.
   *
   * @param method in upper case
   * @param path with its query, such as {@code /loaves?day=2026-11-21}
   * @param headers by name in lower case; the first value of each
   * @param body as UTF-8; empty if there is none
   */
  public record Request(String method, String path, Map<String, String> headers, String body) {

    /**
     * Finds a header.
     *
     * @param name in any case
     * @return its first value, or empty if the request has none of this name
     */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
  }

  /**
   * What is answered.
   *
   * @param status 200 to 599; 0 breaks the connection off without an answer
   * @param headers the headers by name
   * @param body sent as UTF-8
   * @param delay how long the service takes before it answers
   */
  public record Answer(int status, Map<String, String> headers, String body, Duration delay) {

    /** Copies the headers. */
    public Answer {
      headers = Map.copyOf(headers);
    }

    /**
     * Answers with 200.
     *
     * @param body the text
     * @return the answer
     */
    public static Answer ok(String body) {
      return new Answer(200, Map.of(), body, Duration.ZERO);
    }

    /**
     * Answers with a status and no text.
     *
     * @param status 200 to 599
     * @return the answer
     */
    public static Answer status(int status) {
      return new Answer(status, Map.of(), "", Duration.ZERO);
    }

    /**
     * Breaks the connection off, which leaves open whether the request was heeded.
     *
     * @return no answer at all
     */
    public static Answer broken() {
      return status(0);
    }

    /** Returns this answer with another text. */
    public Answer body(String text) {
      return new Answer(status, headers, text, delay);
    }

    /** Returns this answer with one header more. */
    public Answer header(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Answer(status, more, body, delay);
    }

    /** Returns this answer given only after a while, as by a slow service. */
    public Answer after(Duration wait) {
      return new Answer(status, headers, body, wait);
    }
  }

  /**
   * Starts the service on a free port.
   *
   * @throws IOException if no port can be had
   */
  public FakeService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Tells where the service is.
   *
   * @return such as {@code http://127.0.0.1:40123}, for a connection's address
   */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /**
   * Tells the port.
   *
   * @return a free one that the system chose
   */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Says what to answer, one answer after the other; the last one for good.
   *
   * @param request a method and a path, such as {@code GET /loaves/rye}; with a query it stands for
   *     that query alone, without one for any
   * @param inTurn at least one
   * @return this service
   */
  public FakeService answer(String request, Answer... inTurn) {
    Deque<Answer> left = new ArrayDeque<>(List.of(inTurn));
    if (left.isEmpty()) {
      throw new IllegalArgumentException("give at least one answer to " + request);
    }
    return answer(
        request,
        asked -> {
          synchronized (left) {
            return left.size() > 1 ? left.removeFirst() : left.getFirst();
          }
        });
  }

  /**
   * Says what to answer, by what is asked. May be called by several threads at once.
   *
   * @param request as above
   * @param how makes the answer
   * @return this service
   */
  public FakeService answer(String request, Function<Request, Answer> how) {
    if (!request.matches("[A-Z]+ /\\S*")) {
      throw new IllegalArgumentException(
          "a request is a method and a path, such as 'GET /loaves', not '" + request + "'");
    }
    answers.put(request, how);
    return this;
  }

  /**
   * Lists what was asked.
   *
   * @return the requests, oldest first, those included that were repeated
   */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /**
   * Counts the requests that may have altered something, for a contract's {@code effects()}.
   *
   * @return how many were neither {@code GET} nor {@code HEAD}
   */
  public long writes() {
    return requests.stream()
        .filter(request -> !request.method().equals("GET") && !request.method().equals("HEAD"))
        .count();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = read(exchange);
      requests.add(request);
      Answer answer = choose(request);
      if (!answer.delay().isZero()) {
        closed.await(answer.delay().toMillis(), TimeUnit.MILLISECONDS);
      }
      if (answer.status() != 0) {
        send(exchange, answer);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer choose(Request request) {
    String asked = request.method() + " " + request.path();
    Function<Request, Answer> how = answers.get(asked);
    if (how == null) {
      how = answers.get(asked.replaceFirst("\\?.*", ""));
    }
    return how == null
        ? Answer.status(404).body("the test says nothing about " + asked)
        : how.apply(request);
  }

  private static Request read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), UTF_8));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    boolean none = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  /** Stops the service; whoever still waits for a slow answer is cut off. */
  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
