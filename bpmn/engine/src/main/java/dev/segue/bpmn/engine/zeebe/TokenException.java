package dev.segue.bpmn.engine.zeebe;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** No token could be had, so the command that wanted it wasn't sent. */
final class TokenException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean refused;

  /**
   * @param refused whether the token server turned us down, so that to ask again is no use
   */
  TokenException(String message, boolean refused, @Nullable Throwable cause) {
    super(message, cause);
    this.refused = refused;
  }

  boolean refused() {
    return refused;
  }

  /** The token exception that caused this failure, or null. */
  static @Nullable TokenException in(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof TokenException found) {
        return found;
      }
    }
    return null;
  }
}
