package dev.segue.sdk;

/**
 * An outcome that the diagram handles: becomes a BPMN error with this code, to be caught by a
 * boundary event. Without one, the run stops at an incident that names the code.
 *
 * @serial exclude
 */
public class StepError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Makes an error.
   *
   * @param code 1 to 60 characters of {@code [A-Z0-9_]}, such as {@code SALES_GAP}
   * @param message what happened, in business words, without secrets
   */
  public StepError(String code, String message) {
    super(message);
    if (!code.matches("[A-Z0-9_]{1,60}")) {
      throw new IllegalArgumentException("error code must match [A-Z0-9_]{1,60}: '" + code + "'");
    }
    this.code = code;
  }

  /**
   * Tells the BPMN error code.
   *
   * @return as given
   */
  public String code() {
    return code;
  }
}
