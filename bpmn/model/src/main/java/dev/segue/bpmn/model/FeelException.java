package dev.segue.bpmn.model;

/** An expression that isn't FEEL, or that failed. The message names it, for whoever wrote it. */
public final class FeelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FeelException(String message) {
    super(message);
  }
}
