package dev.segue.server.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who calls. Implementations block and are called on virtual threads. */
public interface Authenticator {

  /** The name of the session cookie. */
  String SESSION_COOKIE = "segue_session";

  /**
   * Who presents these credentials.
   *
   * @return empty if they are unknown, expired or revoked, or if the account is disabled
   */
  Optional<Authentication> authenticate(Credentials credentials);

  /** Same as {@link #authenticate}, but it doesn't count as a use of the session or token. */
  default Optional<Authentication> lookUp(Credentials credentials) {
    return authenticate(credentials);
  }

  /** What a caller presents. */
  sealed interface Credentials {

    /** An API token. */
    record Token(String value) implements Credentials {
      @Override
      public String toString() {
        return "Token[***]";
      }
    }

    /** The value of the session cookie. */
    record Session(String value) implements Credentials {
      @Override
      public String toString() {
        return "Session[***]";
      }
    }
  }

  /**
   * A caller who was recognised.
   *
   * @param csrfToken what a session's writing calls must repeat in {@code X-CSRF-Token}; null for
   *     tokens
   */
  record Authentication(Principal principal, @Nullable String csrfToken) {}
}
