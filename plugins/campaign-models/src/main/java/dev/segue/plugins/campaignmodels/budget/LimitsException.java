package dev.segue.plugins.campaignmodels.budget;

/** People's limits leave no budget to choose. */
public final class LimitsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  LimitsException(String field, String message) {
    super(field + ": " + message);
    this.field = field;
  }

  /** The limit at fault, such as {@code limits[summer].floor}. */
  public String field() {
    return field;
  }
}
