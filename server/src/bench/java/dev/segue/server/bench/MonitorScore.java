package dev.segue.server.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * How alerts compare with labels.
 *
 * @param judged hours whose values were judged
 * @param windows labelled ones
 * @param found windows in which an alert opened
 * @param right alerts that opened in a window
 * @param wrong alerts that opened in none
 * @param late hours from a found window's beginning to its first alert
 */
record MonitorScore(int judged, int windows, int found, int right, int wrong, List<Double> late) {

  static final String HEADINGS =
      "%-52s %-10s %6s %9s %5s %8s %5s %8s %9s"
          .formatted(
              "series",
              "rule",
              "judged",
              "windows",
              "recall",
              "alerts",
              "prec.",
              "delay",
              "false/1k");

  static MonitorScore none() {
    return new MonitorScore(0, 0, 0, 0, 0, List.of());
  }

  MonitorScore plus(MonitorScore other) {
    List<Double> both = new ArrayList<>(late);
    both.addAll(other.late);
    return new MonitorScore(
        judged + other.judged,
        windows + other.windows,
        found + other.found,
        right + other.right,
        wrong + other.wrong,
        both);
  }

  /** The harmonic mean of recall and precision, 0 to 1. */
  double f1() {
    double recall = windows == 0 ? 0 : (double) found / windows;
    double precision = right + wrong == 0 ? 0 : (double) right / (right + wrong);
    return recall + precision == 0 ? 0 : 2 * recall * precision / (recall + precision);
  }

  /** Alerts outside of all windows, per 1,000 judged values. */
  double falseAlerts() {
    return judged == 0 ? 0 : 1000.0 * wrong / judged;
  }

  String row(String name, String rule) {
    return "%-52s %-10s %6d %5d/%-3d %5s %4d/%-3d %5s %8s %9.2f"
        .formatted(
            name,
            rule,
            judged,
            found,
            windows,
            share(found, windows),
            right,
            right + wrong,
            share(right, right + wrong),
            late.isEmpty() ? "-" : "%.1f h".formatted(median()),
            falseAlerts());
  }

  private double median() {
    return late.stream().sorted().toList().get(late.size() / 2);
  }

  private static String share(int part, int whole) {
    return whole == 0 ? "-" : "%.2f".formatted((double) part / whole);
  }
}
