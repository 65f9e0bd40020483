package dev.segue.server.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A call that ends with a {@link Problem}, which the caller sees word for word. */
public final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  /** Ends the call with that problem. */
  public ApiException(Problem problem) {
    this(problem, Map.of());
  }

  /** Ends the call with that problem and further response headers. */
  public ApiException(Problem problem, Map<String, String> headers) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
    this.headers = Map.copyOf(headers);
  }

  /** What the caller sees. */
  public Problem problem() {
    return problem;
  }

  /** Further response headers. */
  public Map<String, String> headers() {
    return headers;
  }

  /** 404: there is no such thing, or the caller may not know of it. */
  public static ApiException notFound(String what, Object id) {
    return notFound("There is no %s %s.".formatted(what, id));
  }

  /** 404, in own words. */
  public static ApiException notFound(String detail) {
    return of(404, "not-found", "Not found", detail);
  }

  /** 400: the request can't be understood or breaks the contract. */
  public static ApiException badRequest(String detail) {
    return of(400, "bad-request", "Bad request", detail);
  }

  /** 422: well-formed, but values make no sense. {@code errors} says which. */
  public static ApiException invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? "%s: %s".formatted(errors.getFirst().field(), errors.getFirst().message())
            : "%d values are not valid; see errors.".formatted(errors.size());
    return new ApiException(Problem.of(422, "invalid", "Not valid", detail).withErrors(errors));
  }

  /** 422 for one value. */
  public static ApiException invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** 422, in own words. */
  public static ApiException invalid(String detail) {
    return of(422, "invalid", "Not valid", detail);
  }

  /** 409: the thing is not in a state for this. */
  public static ApiException conflict(String detail) {
    return of(409, "conflict", "Conflict", detail);
  }

  /** 401: nobody is signed in, or not rightly. */
  public static ApiException unauthenticated(String detail) {
    return new ApiException(
        Problem.of(401, "unauthenticated", "Sign in first", detail),
        Map.of("WWW-Authenticate", "Bearer realm=\"segue\""));
  }

  /** 403: the caller may not. */
  public static ApiException forbidden(String detail) {
    return of(403, "forbidden", "Not allowed", detail);
  }

  /** 412: somebody else edited the thing since the caller read it. */
  public static ApiException edited(String what) {
    return of(
        412,
        "edited",
        "Edited meanwhile",
        "%s was edited since you read it. Read it again and repeat your edit.".formatted(what));
  }

  /** 429: too often. */
  public static ApiException tooMany(String detail, Duration retryAfter) {
    return new ApiException(
        Problem.of(429, "too-many", "Too many requests", detail),
        Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
  }

  /** 503: something that Segue needs is away for now. */
  public static ApiException unavailable(String detail) {
    return new ApiException(
        Problem.of(503, "unavailable", "Not available now", detail), Map.of("Retry-After", "2"));
  }

  /** 413: more was sent than is taken. */
  public static ApiException tooLarge(String detail) {
    return of(413, "too-large", "Too large", detail);
  }

  static ApiException of(int status, String kind, String title, String detail) {
    return new ApiException(Problem.of(status, kind, title, detail));
  }
}
