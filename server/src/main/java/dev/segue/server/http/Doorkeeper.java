package dev.segue.server.http;

import dev.segue.server.http.Authenticator.Authentication;
import dev.segue.server.http.Authenticator.Credentials;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides who may go in. */
final class Doorkeeper {

  static final String CSRF_HEADER = "X-CSRF-Token";

  private static final String BEARER = "Bearer ";
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Authenticator authenticator;

  Doorkeeper(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Lets a call in. Blocks.
   *
   * @return who calls; null where nobody needs to sign in
   * @throws ApiException 401 or 403
   */
  @Nullable Principal admit(HttpServerRequest request, Operation.Access access) {
    return switch (access) {
      case Operation.Access.Anybody anybody -> null;
      case Operation.Access.Gated gated -> null;
      case Operation.Access.AnyOf(Set<Role> roles) -> {
        Principal principal = recognise(request);
        if (roles.stream().noneMatch(principal::has)) {
          throw ApiException.forbidden(
              "The account %s needs the role %s for this. An administrator can give it."
                  .formatted(
                      principal.username(),
                      roles.stream()
                          .map(Role::label)
                          .sorted()
                          .collect(Collectors.joining(" or "))));
        }
        yield principal;
      }
    };
  }

  private Principal recognise(HttpServerRequest request) {
    Credentials credentials =
        credentials(request)
            .orElseThrow(
                () ->
                    ApiException.unauthenticated(
                        "Sign in, or send an API token as Authorization: Bearer TOKEN."));
    Authentication found =
        authenticator
            .authenticate(credentials)
            .orElseThrow(
                () ->
                    ApiException.unauthenticated(
                        credentials instanceof Credentials.Token
                            ? "The API token is unknown, expired or revoked. Use another one."
                            : "The session has ended. Sign in again."));
    if (credentials instanceof Credentials.Session && !READING.contains(request.method())) {
      requireCsrfToken(request, found.csrfToken());
    }
    return found.principal();
  }

  /** Who these credentials stand for now, without counting as a use of them. Blocks. */
  Optional<Principal> stillKnown(Credentials credentials) {
    return authenticator.lookUp(credentials).map(Authentication::principal);
  }

  /** What a call presents. */
  static Optional<Credentials> credentials(HttpServerRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(new Credentials.Token(authorization.substring(BEARER.length()).strip()));
    }
    Cookie cookie = request.getCookie(Authenticator.SESSION_COOKIE);
    return Optional.ofNullable(cookie).map(value -> new Credentials.Session(value.getValue()));
  }

  private static void requireCsrfToken(HttpServerRequest request, @Nullable String expected) {
    String sent = request.getHeader(CSRF_HEADER);
    if (sent == null
        || expected == null
        || !MessageDigest.isEqual(
            sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
      throw new ApiException(
          Problem.of(
              403,
              "csrf",
              "Not allowed",
              "A session's writing calls must repeat the session's csrfToken in the header %s."
                  .formatted(CSRF_HEADER)));
    }
  }
}
