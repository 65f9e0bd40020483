package dev.segue.server.app;

import org.jspecify.annotations.Nullable;

/** The home folder can't be used. The message says why, and what to do. */
public final class HomeException extends Exception {

  private static final long serialVersionUID = 1L;

  HomeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
