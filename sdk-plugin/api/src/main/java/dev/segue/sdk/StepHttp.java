package dev.segue.sdk;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Sends HTTP requests on behalf of a step. Thread-safe.
 *
 * <p>Only hosts that the step's connection declares are reached. All runs and servers share one
 * rate budget per connection. Requests that are safe to repeat ({@code GET}, {@code HEAD}, and any
 * that carries an {@code Idempotency-Key} header) are repeated after connection failures and after
 * the answers 429, 502, 503 and 504, with back-off and within the step's deadline.
 */
public interface StepHttp {

  /**
   * Sends a request and waits for the answer.
   *
   * @param request the request; its time-out is cut to the step's deadline
   * @param bodyHandler makes the body, as with {@link java.net.http.HttpClient}
   * @param <T> the type of the body
   * @return the answer, of whatever status
   * @throws IOException if there was no answer, or if the host is not one that the connection
   *     declares
   * @throws InterruptedException if the attempt was interrupted
   */
  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodyHandler)
      throws IOException, InterruptedException;
}
