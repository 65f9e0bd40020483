package dev.segue.bpmn.engine.broker;

import org.jspecify.annotations.Nullable;

/** The embedded broker can't be started; the message says why and what to do. */
public final class BrokerException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What stands in the way, for callers that act on it. */
  public enum Reason {
    /** Another broker runs on the folder. */
    FOLDER_IN_USE,
    /** The gateway's fixed port is taken. */
    PORT_TAKEN,
    /** The folder can't be written, or there is no distribution. */
    FILES,
    /** The broker ended, or wasn't ready in time. */
    START_FAILED
  }

  private final Reason reason;

  BrokerException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What stands in the way. */
  public Reason reason() {
    return reason;
  }
}
