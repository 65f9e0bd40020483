package dev.segue.server.plugins.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Fetches files by HTTP. Thread-safe; each call blocks until the answer begins. */
final class CatalogueDownload implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** How long a whole file may take; a slow trickle would hold its caller for ever. */
  private static final Duration WHOLE_LIMIT = Duration.ofMinutes(5);

  private static final int MOST_REDIRECTS = 5;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Opens a file.
   *
   * @throws CatalogueUnusableException if there is no such file, nobody answers in time, or the
   *     answer leads to where nothing may be fetched from
   */
  InputStream open(URI address) throws CatalogueUnusableException {
    URI next = address;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      if (!CataloguePlace.isAllowed(next)) {
        throw new CatalogueUnusableException(
            "%s leads to %s, which isn't https. Nothing is fetched from there."
                .formatted(address, next));
      }
      HttpResponse<InputStream> answer = send(next);
      Optional<String> location = answer.headers().firstValue("Location");
      if (answer.statusCode() / 100 == 3 && location.isPresent()) {
        close(answer.body());
        next = next.resolve(location.get());
      } else if (answer.statusCode() == 200) {
        endInTime(answer.body());
        return answer.body();
      } else {
        close(answer.body());
        throw new CatalogueUnusableException(
            "%s answers with status %d.".formatted(next, answer.statusCode()));
      }
    }
    throw new CatalogueUnusableException(
        "%s leads on more than %d times.".formatted(address, MOST_REDIRECTS));
  }

  private HttpResponse<InputStream> send(URI address) throws CatalogueUnusableException {
    try {
      return http.send(
          HttpRequest.newBuilder(address).timeout(LIMIT).GET().build(),
          BodyHandlers.ofInputStream());
    } catch (HttpTimeoutException e) {
      throw new CatalogueUnusableException(
          "%s does not answer within %d s.".formatted(address, LIMIT.toSeconds()), e);
    } catch (IOException e) {
      throw new CatalogueUnusableException("%s can't be reached: %s.".formatted(address, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CatalogueUnusableException("The server stops.", e);
    }
  }

  private static void endInTime(InputStream body) {
    CompletableFuture.delayedExecutor(WHOLE_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .execute(() -> close(body));
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Nothing more is wanted of it.
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
