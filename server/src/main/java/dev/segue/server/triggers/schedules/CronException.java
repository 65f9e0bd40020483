package dev.segue.server.triggers.schedules;

/** A cron expression that can't be read or never fires; the message says which part and why. */
final class CronException extends Exception {

  private static final long serialVersionUID = 1L;

  CronException(String message) {
    super(message);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
