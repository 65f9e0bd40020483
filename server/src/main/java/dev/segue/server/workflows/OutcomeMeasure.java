package dev.segue.server.workflows;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of the business data may be compared with what a workflow expected, per key and day. */
public enum OutcomeMeasure {
  /** Units sold of each item. */
  SALES_QUANTITY("sales.quantity"),
  /** Net revenue of each item. */
  SALES_REVENUE("sales.revenue"),
  /** The mean net price at which each item sold. */
  SALES_PRICE("sales.price"),
  /** Conversions of each campaign. */
  CAMPAIGN_CONVERSIONS("campaigns.conversions"),
  /** Cost of each campaign. */
  CAMPAIGN_COST("campaigns.cost"),
  /** Revenue of each campaign. */
  CAMPAIGN_REVENUE("campaigns.revenue");

  private final String label;

  OutcomeMeasure(String label) {
    this.label = label;
  }

  /** The name in {@code workflow.yaml} and in the API. */
  public String label() {
    return label;
  }

  static Optional<OutcomeMeasure> of(String label) {
    return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
  }

  static String all() {
    return Arrays.stream(values()).map(OutcomeMeasure::label).collect(Collectors.joining(", "));
  }
}
