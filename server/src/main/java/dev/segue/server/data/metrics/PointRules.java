package dev.segue.server.data.metrics;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What makes sense as a point, wherever it comes from. Immutable. */
public final class PointRules {

  private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]{0,39}");
  private static final int LONGEST_TEXT = 200;

  /** Sums of any number of such values stay finite. */
  private static final double LARGEST = 1e290;

  private final MetricLimits limits;
  private final Instant now;

  PointRules(MetricLimits limits, Instant now) {
    this.limits = limits;
    this.now = now;
  }

  /** Why something is no point, as a sentence. */
  public static final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason, null, false, false);
    }

    /** The sentence. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Whether something can be the name of a label. */
  public static boolean isLabel(String name) {
    return LABEL.matcher(name).matches();
  }

  /** Whether something can be the name of a metric. */
  public static boolean isMetric(String name) {
    return METRIC.matcher(name).matches();
  }

  /**
   * Makes a point.
   *
   * @throws RefusedException if it makes no sense
   */
  public Sample sample(String metric, Map<String, String> labels, Instant at, double value) {
    return new Sample(
        new SeriesKey(metric(metric), new TreeMap<>(labels(labels))), time(at), value(value));
  }

  private static String metric(String name) {
    if (!isMetric(name)) {
      throw new RefusedException(
          "metric: \"%s\" is no name. Use up to 100 small letters, digits and underscores, a letter first."
              .formatted(cut(name)));
    }
    return name;
  }

  private Instant time(Instant at) {
    if (at.isAfter(now.plus(limits.future()))) {
      throw new RefusedException(
          "time: %s lies in the future; it is %s. Check the sender's clock and zone."
              .formatted(at, now));
    }
    if (at.isBefore(now.minus(limits.raw()))) {
      throw new RefusedException(
          "time: %s is older than the %d days that points are kept."
              .formatted(at, limits.raw().toDays()));
    }
    // As fine as it is stored: what is the same there is one point.
    return at.truncatedTo(ChronoUnit.MICROS);
  }

  private static double value(double value) {
    if (!Double.isFinite(value)) {
      throw new RefusedException("value: %s is no finite number.".formatted(value));
    }
    if (Math.abs(value) > LARGEST) {
      throw new RefusedException(
          "value: %s is beyond %s, to which values can be summed up.".formatted(value, LARGEST));
    }
    return value;
  }

  private Map<String, String> labels(Map<String, String> labels) {
    labels.forEach(
        (name, value) -> {
          if (!isLabel(name)) {
            throw new RefusedException(
                "labels: \"%s\" is no name. Use up to 40 small letters, digits and underscores."
                    .formatted(cut(name)));
          }
          if (value.length() > LONGEST_TEXT) {
            throw new RefusedException(
                "labels: %s needs a text of at most %d characters.".formatted(name, LONGEST_TEXT));
          }
          if (!isStorable(value)) {
            throw new RefusedException(
                "labels: %s has a character that can't be stored: U+0000, or half of a pair."
                    .formatted(name));
          }
        });
    if (labels.size() > limits.labels()) {
      throw new RefusedException(
          "labels: there are %d, and %d is the most.".formatted(labels.size(), limits.labels()));
    }
    return labels;
  }

  private static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  static String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
