package dev.segue.server.steps;

/** A task's expression on its result can't be evaluated; the message says which and why. */
final class MappingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MappingException(String message) {
    super(message);
  }
}
