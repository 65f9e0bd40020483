package dev.segue.server.triggers.schedules;

/** A cron expression that can't be read or never fires; the message says which part and why. */
public final class CronException extends Exception {

  private static final long serialVersionUID = 1L;

  CronException(String message) {
    super(message);
  }

  /** What is wrong with it, as a sentence. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
