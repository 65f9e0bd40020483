package dev.segue.plugins.alertanalysis;

import java.util.Set;

/** What the amounts of ads are, by their names as metrics and as results of campaigns. */
final class AdAmounts {

  private static final String OF_METRICS = "ad_";
  private static final Set<String> COUNTS = Set.of("impressions", "clicks", "conversions");

  private AdAmounts() {}

  /** Whether an amount counts events, so that chance makes it vary by its square root. */
  static boolean isCount(String name) {
    return COUNTS.contains(plain(name));
  }

  /** Whether an amount is what the ads cost. */
  static boolean isCost(String name) {
    return plain(name).equals("cost");
  }

  private static String plain(String name) {
    return name.startsWith(OF_METRICS) ? name.substring(OF_METRICS.length()) : name;
  }
}
