package dev.segue.server.app;

import org.jspecify.annotations.Nullable;

/** The server could not start. The message says what was in the way, and what to do. */
public final class StartException extends Exception {

  private static final long serialVersionUID = 1L;

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
