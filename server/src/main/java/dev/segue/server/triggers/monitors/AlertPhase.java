package dev.segue.server.triggers.monitors;

/** Where a group of a monitor stands, named as Grafana names it. */
public enum AlertPhase {
  /** All is well. */
  NORMAL("Normal"),
  /** The condition is met, but not for long enough yet. */
  PENDING("Pending"),
  /** An alert is open. */
  ALERTING("Alerting"),
  /** The value is back, but an alert is kept open for a while. */
  RECOVERING("Recovering"),
  /** There are no points. */
  NO_DATA("NoData"),
  /** The value could not be found out. */
  ERROR("Error");

  private final String label;

  AlertPhase(String label) {
    this.label = label;
  }

  /** As people know it. */
  public String label() {
    return label;
  }

  /**
   * The phase of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static AlertPhase of(String label) {
    for (AlertPhase phase : values()) {
      if (phase.label.equals(label)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("There is no phase " + label + ".");
  }
}
