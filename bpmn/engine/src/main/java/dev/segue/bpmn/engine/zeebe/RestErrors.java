package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.EngineException.Kind;
import io.camunda.client.api.JsonMapper;
import io.camunda.client.api.command.ClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a failed call of the gateway's REST API means. */
final class RestErrors {

  private static final Pattern REJECTION =
      Pattern.compile("Command '[A-Z_]+' rejected with code '[A-Z_]+': (.*)", Pattern.DOTALL);

  private RestErrors() {}

  /** The gateway refused a token that has been valid; with a new one the call does better. */
  static final class TokenExpired extends IOException {
    private static final long serialVersionUID = 1L;
  }

  static EngineException translate(String what, Throwable failure) {
    return switch (failure) {
      case EngineException known -> known;
      case TokenException noToken -> GrpcErrors.noToken(what, noToken);
      case TokenExpired expired -> away(what, "the token has expired", false, expired);
      case ConnectException e -> away(what, "the engine can't be reached", false, e);
      case HttpConnectTimeoutException e -> away(what, "the engine can't be reached", false, e);
      case HttpTimeoutException e -> away(what, "no answer in time", true, e);
      case IOException e -> away(what, "the connection failed: " + e.getMessage(), true, e);
      case ClientException e -> failed(Kind.INVALID, what, String.valueOf(e.getMessage()), e);
      case IllegalArgumentException e ->
          failed(Kind.INVALID, what, String.valueOf(e.getMessage()), e);
      default -> failed(Kind.INTERNAL, what, failure.toString(), failure);
    };
  }

  static EngineException refusal(String what, int status, String body, JsonMapper json) {
    String reason = reason(status, body, json);
    return switch (status) {
      case 400, 415, 422 -> failed(Kind.INVALID, what, reason, null);
      case 401, 403 -> GrpcErrors.denied(what, "the engine doesn't accept our credentials", null);
      case 404 -> failed(Kind.NOT_FOUND, what, reason, null);
      case 409 -> failed(Kind.CONFLICT, what, reason, null);
      case 413 -> failed(Kind.TOO_LARGE, what, "the payload is too large for the engine", null);
      case 429 -> away(what, "the engine is overloaded: " + reason, false, null);
      case 502, 503, 504 -> away(what, "the engine can't be reached: " + reason, true, null);
      default -> failed(Kind.INTERNAL, what, reason, null);
    };
  }

  private static String reason(int status, String body, JsonMapper json) {
    String text = "HTTP " + status;
    try {
      if (json.fromJsonAsMap(body).get("detail") instanceof String detail) {
        text = detail;
      }
    } catch (RuntimeException notJson) {
      // A proxy's page, or nothing at all: the status has to do.
      return text;
    }
    Matcher rejection = REJECTION.matcher(text);
    return rejection.matches() ? rejection.group(1) : text;
  }

  private static EngineException failed(
      Kind kind, String what, String why, @Nullable Throwable cause) {
    return new EngineException(kind, "could not %s: %s".formatted(what, why), cause);
  }

  private static EngineException away(
      String what, String why, boolean uncertain, @Nullable Throwable cause) {
    return new EngineException(
        Kind.UNAVAILABLE, "could not %s: %s".formatted(what, why), uncertain, cause);
  }
}
