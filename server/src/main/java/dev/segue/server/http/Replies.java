package dev.segue.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers and problems. */
final class Replies {

  private static final Logger LOG = LoggerFactory.getLogger(Replies.class);
  private static final long MOST_DISCARDED = 256L << 20;
  private static final String REQUEST_ID = "segue.request-id";

  private final FaultExplainer faults;

  Replies(FaultExplainer faults) {
    this.faults = faults;
  }

  /** Gives a call its id and every answer the headers that browsers should obey. */
  static void begin(RoutingContext context) {
    String id = UUID.randomUUID().toString();
    context.put(REQUEST_ID, id);
    context
        .response()
        .putHeader("X-Request-Id", id)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("Cache-Control", "no-store");
    context.next();
  }

  static String requestId(RoutingContext context) {
    return context.get(REQUEST_ID, "");
  }

  static void plain(RoutingContext context, int status, String text) {
    context.response().setStatusCode(status);
    text(context, "text/plain; charset=utf-8", text + "\n");
  }

  static void text(RoutingContext context, String mediaType, String text) {
    context.response().putHeader("Content-Type", mediaType).end(text);
  }

  void answer(RoutingContext context, ApiResponse answer) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    switch (answer.content()) {
      case ApiResponse.Content.None none -> response.end();
      case ApiResponse.Content.Json json ->
          response
              .putHeader("Content-Type", "application/json")
              .end(Buffer.buffer(Json.bytes(json.value())));
      case ApiResponse.Content.Bytes bytes ->
          response.putHeader("Content-Type", bytes.mediaType()).end(Buffer.buffer(bytes.value()));
      case ApiResponse.Content.Events events ->
          throw new IllegalArgumentException("events are no answer that is written at once");
    }
  }

  void problem(RoutingContext context, ApiException exception) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    Problem problem = exception.problem().withRequestId(requestId(context));
    exception.headers().forEach(response::putHeader);
    if (!context.request().isEnded()) {
      discardBody(context);
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(Buffer.buffer(Json.bytes(problem)));
  }

  /**
   * Lets the rest of the body run out, so that the sender gets to read the answer; a sender that
   * doesn't say how much there is, or too much, is cut off.
   */
  private static void discardBody(RoutingContext context) {
    String length = context.request().getHeader("Content-Length");
    boolean chunked = context.request().getHeader("Transfer-Encoding") != null;
    if (chunked || (length != null && Long.parseLong(length) > MOST_DISCARDED)) {
      context.response().putHeader("Connection", "close");
    }
    context.request().resume();
  }

  /** Answers what Vert.x itself found wrong. */
  void fail(RoutingContext context) {
    Throwable failure = context.failure();
    if (context.statusCode() == 413) {
      problem(context, tooLarge());
    } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
      problem(
          context,
          ApiException.of(
              context.statusCode(),
              "bad-request",
              "Bad request",
              failure == null || failure.getMessage() == null
                  ? "The request can't be understood."
                  : "The request can't be understood: " + failure.getMessage()));
    } else {
      Throwable cause = failure == null ? new IllegalStateException("no cause given") : failure;
      problem(context, explain(context, cause));
    }
  }

  /** What the caller sees of a failure; faults of Segue go to the log. */
  ApiException explain(RoutingContext context, Throwable failure) {
    if (failure instanceof ApiException known) {
      return known;
    }
    Optional<ApiException> explained = faults.explain(failure);
    if (explained.isPresent()) {
      LOG.warn(
          "{} {} failed: {}",
          context.request().method(),
          context.normalizedPath(),
          failure.toString());
      return explained.get();
    }
    LOG.error("{} {} failed", context.request().method(), context.normalizedPath(), failure);
    return ApiException.of(
        500,
        "internal",
        "Internal error",
        "Segue failed at this. Its log has the reason under the request id %s."
            .formatted(requestId(context)));
  }

  static ApiException tooLarge() {
    return new ApiException(
        new Problem(
            "urn:segue:problem:too-large",
            "Too large",
            413,
            "The body is larger than this operation takes: 1 MiB of JSON, or what the contract says"
                + " for files. Put bulk data into the business data (such as a sales file in the"
                + " import folder, or a CSV of items) and refer to it.",
            List.of(),
            null),
        Map.of());
  }
}
