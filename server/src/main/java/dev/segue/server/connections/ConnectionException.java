package dev.segue.server.connections;

/** A connection can't be found, changed or used; the message says what to do. */
public final class ConnectionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What sort of failure it is. */
  public enum Kind {
    /** There is no connection of this name. */
    NOT_FOUND,
    /** There is one of this name already. */
    EXISTS,
    /** Somebody else has changed it in the meantime. */
    CHANGED,
    /** The input is wrong. */
    INVALID,
    /** It is paused. */
    PAUSED
  }

  private final Kind kind;

  ConnectionException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** What sort of failure it is. */
  public Kind kind() {
    return kind;
  }
}
