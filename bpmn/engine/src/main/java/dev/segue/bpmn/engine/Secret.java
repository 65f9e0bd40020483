package dev.segue.bpmn.engine;

/** A password or the like, kept out of logs by a masked {@link #toString()}. */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps the clear text. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The clear text: for the one call that needs it, never for a message. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
