package dev.segue.plugins.menumodels.demand;

/** A feature asked for something that was not known yet when the forecast was to be made. */
public final class LookAheadException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  LookAheadException(String message) {
    super(message);
  }
}
