package dev.segue.practice.ads;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The platform's door: HTTP on the local machine alone, to callers that know the token. */
public final class PracticePlatform implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int MOST_BYTES = 64 * 1024;

  private final Account account;
  private final String token;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private PracticePlatform(Account account, int port, String token) throws IOException {
    this.account = account;
    this.token = token;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Opens a platform that forgets everything with {@link #close}, on a free port.
   *
   * @param token that callers must send
   */
  public static PracticePlatform start(String token) throws IOException {
    return new PracticePlatform(Account.inMemory(sample()), 0, token);
  }

  /**
   * Runs the platform until the process ends: {@code PracticePlatform FILE PORT TOKEN}. The file
   * keeps its state; without one it begins with the three campaigns of the sample.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3 || !arguments[1].matches("\\d{1,5}") || arguments[2].isBlank()) {
      System.err.println("usage: FILE PORT TOKEN");
      System.exit(2);
    }
    Account account = Account.in(Path.of(arguments[0]), sample());
    PracticePlatform platform =
        new PracticePlatform(account, Integer.parseInt(arguments[1]), arguments[2]);
    System.out.println(
        "A practice ad platform answers at " + platform.address() + "; it shows no ad to anybody.");
  }

  /** Where it answers. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How many changes were ever made. */
  public int changes() {
    return account.changeCount();
  }

  /**
   * Alters something behind everybody's back, as a person at the platform would.
   *
   * @param target {@code campaign-budget}, {@code variant-status} or {@code segment-reach}
   * @param id such as {@code lunch} or {@code lunch-all/photo}
   * @param value the new one
   * @throws IllegalArgumentException if there is no such thing, or it can't have the value
   */
  public void override(String target, String id, String value) {
    account.override(target, id, value);
  }

  /** The value of something now; empty if there is no such thing. */
  public Optional<String> value(String target, String id) {
    return account.value(target, id);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (!MessageDigest.isEqual(
          bytes("Bearer " + token), bytes(Objects.requireNonNullElse(given, "")))) {
        send(exchange, 401, JSON.createObjectNode().put("reason", "the token is missing or wrong"));
        return;
      }
      String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      switch (what) {
        case "GET /v1/campaigns" -> send(exchange, 200, account.campaigns());
        case "POST /v1/changes" -> change(exchange);
        case "GET /v1/changes" -> past(exchange);
        default ->
            send(exchange, 404, JSON.createObjectNode().put("reason", "there is no " + what));
      }
    }
  }

  private void change(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES);
    JsonNode wanted;
    try {
      wanted = JSON.readTree(body);
    } catch (JacksonException e) {
      send(exchange, 400, JSON.createObjectNode().put("reason", "the body is not JSON"));
      return;
    }
    if (key == null || key.isBlank() || key.length() > 200 || !wanted.isObject()) {
      send(
          exchange,
          400,
          JSON.createObjectNode().put("reason", "a change needs an object and an Idempotency-Key"));
      return;
    }
    switch (account.set(key, wanted)) {
      case Answer.Done done ->
          send(exchange, 200, JSON.createObjectNode().put("reference", done.reference()));
      case Answer.Differs differs ->
          send(exchange, 409, JSON.createObjectNode().put("found", differs.found()));
      case Answer.Refused refused ->
          send(exchange, 422, JSON.createObjectNode().put("reason", refused.reason()));
    }
  }

  private void past(HttpExchange exchange) throws IOException {
    String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    String key =
        query.startsWith("key=")
            ? URLDecoder.decode(query.substring("key=".length()), StandardCharsets.UTF_8)
            : "";
    Optional<JsonNode> change = account.change(key);
    if (change.isPresent()) {
      send(exchange, 200, change.get());
    } else {
      send(exchange, 404, JSON.createObjectNode().put("reason", "no change has this key"));
    }
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The campaigns of the synthetic sample. */
  private static ObjectNode sample() {
    ObjectNode account = JSON.createObjectNode();
    account.put("currency", "EUR");
    ArrayNode campaigns = account.putArray("campaigns");
    campaign(campaigns, "lunch", "Lunch", "70.00");
    campaign(campaigns, "dinner", "Dinner", "70.00");
    campaign(campaigns, "brunch", "Brunch", "50.00");
    return account;
  }

  private static void campaign(ArrayNode campaigns, String id, String name, String budget) {
    ObjectNode campaign = campaigns.addObject();
    campaign.put("id", id).put("name", name).put("status", "active").put("dailyBudget", budget);
    ObjectNode adSet = campaign.putArray("adSets").addObject();
    adSet.put("id", id + "-all").put("name", name + " guests");
    ArrayNode variants = adSet.putArray("variants");
    List.of("plain", "photo")
        .forEach(variant -> variants.addObject().put("name", variant).put("status", "active"));
    ArrayNode segments = adSet.putArray("segments");
    List.of("18-24", "25-34", "35-54", "55+")
        .forEach(segment -> segments.addObject().put("name", segment).put("reach", "100"));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
