package dev.segue.server.steps;

/** The journal can't be written now; nothing has happened outside. */
final class JournalAwayException extends Exception {

  private static final long serialVersionUID = 1L;

  JournalAwayException(Throwable cause) {
    super("the journal can't be written: " + cause.getMessage(), cause);
  }
}
