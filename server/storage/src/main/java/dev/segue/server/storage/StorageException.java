package dev.segue.server.storage;

import org.jspecify.annotations.Nullable;

/**
 * The database could not be started, reached or prepared. The message is meant for an
 * administrator: it says what happened, to what, and what to do next.
 */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates one without a cause. */
  public StorageException(String message) {
    super(message);
  }

  /** Creates one with the fault behind it. */
  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
