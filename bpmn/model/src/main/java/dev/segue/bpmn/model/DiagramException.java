package dev.segue.bpmn.model;

import org.jspecify.annotations.Nullable;

/**
 * A file isn't a diagram that Segue reads. The message names the file, the place and the mend, for
 * whoever drew it.
 */
public final class DiagramException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DiagramException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  DiagramException(String message) {
    this(message, null);
  }
}
