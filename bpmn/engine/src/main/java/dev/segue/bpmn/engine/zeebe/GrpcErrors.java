package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.EngineException.Kind;
import io.grpc.Status;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a failed gRPC call to the gateway means. */
final class GrpcErrors {

  /** The gateway wraps the broker's reason; people need the reason alone. */
  private static final Pattern REJECTION =
      Pattern.compile("Command '[A-Z_]+' rejected with code '([A-Z_]+)': (.*)", Pattern.DOTALL);

  /** Refusals of the gateway that it makes before a broker takes the command. */
  private static final List<String> NOT_TAKEN =
      List.of(
          "does not know any partitions yet",
          "request could not be delivered",
          "is not the leader",
          "not the leader of the partition");

  private GrpcErrors() {}

  static EngineException translate(String what, Throwable failure) {
    TokenException noToken = TokenException.in(failure);
    if (noToken != null) {
      return noToken(what, noToken);
    }
    Status status = Status.fromThrowable(failure);
    String text = status.getDescription() == null ? "" : status.getDescription();
    Matcher rejection = REJECTION.matcher(text);
    boolean rejected = rejection.matches();
    String reason = rejected ? rejection.group(2) : text;
    if (rejected && rejection.group(1).equals("EXCEEDED_BATCH_RECORD_SIZE")) {
      return tooLarge(what, reason, failure);
    }
    return switch (status.getCode()) {
      case NOT_FOUND -> refused(Kind.NOT_FOUND, what, reason, failure);
      case ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED ->
          refused(Kind.CONFLICT, what, reason, failure);
      case INVALID_ARGUMENT, OUT_OF_RANGE -> refused(Kind.INVALID, what, reason, failure);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          denied(what, "the engine doesn't accept our credentials", failure);
      case RESOURCE_EXHAUSTED ->
          text.contains("exceeds maximum size")
              ? tooLarge(what, reason, failure)
              : away(what, "the engine is overloaded: " + reason, false, failure);
      case UNAVAILABLE ->
          away(what, "the engine can't be reached: " + reason, !notTaken(text, failure), failure);
      case DEADLINE_EXCEEDED -> away(what, "no answer in time", true, failure);
      case CANCELLED -> away(what, "the connection to the engine was closed", true, failure);
      case UNKNOWN, INTERNAL, UNIMPLEMENTED, DATA_LOSS, OK -> unexpected(what, reason, failure);
    };
  }

  /** No token, so the call wasn't made. */
  static EngineException noToken(String what, TokenException failure) {
    String why = String.valueOf(failure.getMessage());
    return failure.refused() ? denied(what, why, failure) : away(what, why, false, failure);
  }

  static EngineException denied(String what, String why, @Nullable Throwable cause) {
    return new EngineException(
        Kind.DENIED,
        "could not %s: %s; check the engine's OAuth settings".formatted(what, why),
        cause);
  }

  private static EngineException unexpected(String what, String reason, Throwable failure) {
    // The client checks input itself, JSON above all, before it opens a call: no status then.
    boolean ours =
        failure instanceof IllegalArgumentException
            || failure instanceof io.camunda.client.api.command.InternalClientException;
    if (ours && reason.isEmpty()) {
      return refused(Kind.INVALID, what, String.valueOf(failure.getMessage()), failure);
    }
    String said = reason.isEmpty() ? String.valueOf(failure.getMessage()) : reason;
    return refused(Kind.INTERNAL, what, said, failure);
  }

  private static boolean notTaken(String text, Throwable failure) {
    if (NOT_TAKEN.stream().anyMatch(text::contains)) {
      return true;
    }
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof ConnectException || at instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
  }

  private static EngineException tooLarge(String what, String reason, Throwable cause) {
    return new EngineException(
        Kind.TOO_LARGE,
        "could not %s: the payload is too large for the engine; pass large data by reference (%s)"
            .formatted(what, reason),
        cause);
  }

  private static EngineException refused(Kind kind, String what, String why, Throwable cause) {
    return new EngineException(kind, "could not %s: %s".formatted(what, why), cause);
  }

  private static EngineException away(String what, String why, boolean uncertain, Throwable cause) {
    return new EngineException(
        Kind.UNAVAILABLE, "could not %s: %s".formatted(what, why), uncertain, cause);
  }
}
