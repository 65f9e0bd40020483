package dev.segue.server.secrets;

import org.jspecify.annotations.Nullable;

/** The key or a secret can't be used. The message is meant for an administrator. */
public final class SecretException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SecretException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
