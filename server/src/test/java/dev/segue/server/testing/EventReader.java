package dev.segue.server.testing;

import static org.awaitility.Awaitility.await;

import dev.segue.server.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Reads a stream of events as a browser would. */
public final class EventReader implements AutoCloseable {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpResponse<InputStream> answer;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private volatile String lastId = "";
  private volatile boolean ended;

  /** An event as it arrived. */
  public record Event(String id, String name, JsonNode data) {

    /** The id of what it is about. */
    public String subject() {
      return data.path("id").asString("");
    }

    /** The state that it says. */
    public String state() {
      return data.path("state").asString("");
    }
  }

  /**
   * Opens a stream.
   *
   * @param url such as {@code http://127.0.0.1:8585/api/v1/events}
   * @param headers names and values in turn
   */
  public EventReader(String url, String... headers) {
    try {
      answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url)).headers(headers).build(),
              BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    String id = "";
    String name = "message";
    StringBuilder data = new StringBuilder();
    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          lastId = id;
          if (!data.isEmpty()) {
            events.add(new Event(id, name, Json.parse(data.toString())));
          }
          name = "message";
          data.setLength(0);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line.substring(6));
        }
      }
    } catch (IOException e) {
      // The connection broke: for a browser, too, that is an end like any other.
    } finally {
      ended = true;
    }
  }

  public HttpResponse<InputStream> answer() {
    return answer;
  }

  /** All that arrived so far. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** From where the next stream goes on. */
  public String lastId() {
    return lastId;
  }

  public boolean hasEnded() {
    return ended;
  }

  /** Waits until the server takes the client for one that misses nothing from now on. */
  public EventReader ready() {
    await().atMost(SOON).until(() -> !lastId.isEmpty());
    return this;
  }

  /** Waits for an event. */
  public Event awaitEvent(Predicate<Event> wanted) {
    return await()
        .atMost(SOON)
        .until(
            () -> events.stream().filter(wanted).findFirst().orElse(null), found -> found != null);
  }

  /** Goes away without a word. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
