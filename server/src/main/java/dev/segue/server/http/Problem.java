package dev.segue.server.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failure as the caller sees it (RFC 9457).
 *
 * @param type a URN that programs may compare
 * @param title what kind of failure it is; the same for all of a type
 * @param status the HTTP status
 * @param detail what happened, to what, and what to do next
 * @param errors what is wrong with single values; may be empty
 * @param requestId by which the log knows this call; null until the door fills it in
 */
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<FieldError> errors,
    @Nullable String requestId) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final String PREFIX = "urn:segue:problem:";

  public Problem {
    errors = List.copyOf(errors);
  }

  /** A problem of Segue's own types; {@code kind} is the last part of the type's URN. */
  public static Problem of(int status, String kind, String title, String detail) {
    return new Problem(PREFIX + kind, title, status, detail, List.of(), null);
  }

  /** The same problem, with what is wrong with single values. */
  public Problem withErrors(List<FieldError> found) {
    return new Problem(type, title, status, detail, found, requestId);
  }

  Problem withRequestId(String id) {
    return new Problem(type, title, status, detail, errors, id);
  }
}
