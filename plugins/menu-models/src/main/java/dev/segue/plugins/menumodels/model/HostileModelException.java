package dev.segue.plugins.menumodels.model;

import java.io.IOException;

/** A model file isn't one that this plugin wrote; nothing of it was instantiated. */
public final class HostileModelException extends IOException {

  private static final long serialVersionUID = 1L;

  HostileModelException(String message) {
    super(message + "; train the model again");
  }

  HostileModelException(String message, Throwable cause) {
    super(message + "; train the model again", cause);
  }
}
