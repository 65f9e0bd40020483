package dev.segue.server.triggers.monitors;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.segue.server.http.ApiException;
import dev.segue.server.triggers.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people write about a monitor. What is null takes its default.
 *
 * @param metric which is watched
 * @param labels that a series must have to be watched
 * @param by labels that tell groups apart; null for each series by itself
 * @param window over which points become one value; {@code every} without it
 * @param every how often the value is judged; at every point without it
 * @param aggregation how points become one value; the last without it
 * @param lasting how long the condition must be met
 * @param noDataAfter how old the last point may be; 15 minutes without it, or three times {@code
 *     every}
 * @param noDataState {@code NoData} without it
 * @param severity {@code warning} without it
 * @param recoveryMessage the message that a run gets when its alert ends; {@code monitor-recovered}
 *     without it
 */
record MonitorSettings(
    @Nullable String metric,
    @Nullable Map<String, String> labels,
    @Nullable List<String> by,
    @Nullable Duration window,
    @Nullable Duration every,
    @Nullable String aggregation,
    @Nullable ConditionSettings condition,
    @JsonProperty("for") @Nullable Duration lasting,
    @Nullable Duration keepFiringFor,
    @Nullable Duration coolDown,
    @Nullable Duration noDataAfter,
    @Nullable String noDataState,
    @Nullable String severity,
    @Nullable String recoveryMessage) {

  private static final Duration SILENT = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Duration LONGEST_AT_EVERY_POINT = Duration.ofDays(7);
  private static final int MOST_STEPS = 10_000;
  private static final List<String> SEVERITIES = List.of("info", "warning", "critical");

  /** Reads what was checked when it was stored, maybe by rules that have changed since. */
  static MonitorSettings stored(ObjectNode stored) {
    return StrictJson.read(stored, MonitorSettings.class, "monitor");
  }

  /** Reads and checks them; under {@code monitor} in messages. */
  static MonitorSettings read(ObjectNode written) {
    MonitorSettings settings = stored(written);
    if (settings.metric == null || settings.metric.isBlank()) {
      throw ApiException.invalid("monitor.metric", "Name the metric that is watched.");
    }
    if (settings.condition == null) {
      throw ApiException.invalid("monitor.condition", "Say what is out of order.");
    }
    if (!SEVERITIES.contains(settings.severityOrDefault())) {
      throw ApiException.invalid(
          "monitor.severity", "It is one of %s.".formatted(String.join(", ", SEVERITIES)));
    }
    settings.rule();
    return settings;
  }

  String metricName() {
    return metric == null ? "" : metric;
  }

  Map<String, String> matchers() {
    return labels == null ? Map.of() : labels;
  }

  String severityOrDefault() {
    return severity == null ? "warning" : severity;
  }

  String messageName() {
    return recoveryMessage == null ? "monitor-recovered" : recoveryMessage;
  }

  /** Which group a series belongs to. */
  SortedMap<String, String> group(SortedMap<String, String> of) {
    if (by == null) {
      return of;
    }
    SortedMap<String, String> group = new TreeMap<>();
    for (String name : by) {
      group.put(name, of.getOrDefault(name, ""));
    }
    return group;
  }

  boolean watches(SortedMap<String, String> of) {
    return of.entrySet().containsAll(matchers().entrySet());
  }

  /** Which way a value must leave the ordinary. */
  Condition.Direction direction() {
    return Objects.requireNonNull(condition).condition().direction();
  }

  /** The rule, defaults filled in. */
  WatchRule rule() {
    Duration step = orZero(every);
    Duration length = window == null ? step : window;
    checkTimes(step, length);
    try {
      return new WatchRule(
          length,
          step,
          aggregationOrDefault(),
          Objects.requireNonNull(condition).condition(),
          new AlertRule(
              orZero(lasting),
              orZero(keepFiringFor),
              orZero(coolDown),
              silent(step),
              absence(),
              absence()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw ApiException.invalid("monitor", "This makes no sense: %s.".formatted(e.getMessage()));
    }
  }

  /** Refuses what would be judged without end: a window is read anew each time. */
  private void checkTimes(Duration step, Duration length) {
    for (Duration each :
        new Duration[] {lasting, keepFiringFor, coolDown, window, every, noDataAfter}) {
      if (each != null && each.compareTo(LONGEST) > 0) {
        throw ApiException.invalid("monitor", "No time of a monitor is longer than a year.");
      }
    }
    Duration over =
        condition == null || condition.change() == null ? null : condition.change().over();
    if (over != null && over.compareTo(LONGEST) > 0) {
      throw ApiException.invalid(
          "monitor.condition.change.over", "It is at most %d days.".formatted(LONGEST.toDays()));
    }
    if (step.getNano() != 0) {
      throw ApiException.invalid(
          "monitor.every", "It is whole seconds. Leave it out to judge at every point.");
    }
    if (step.isZero() && length.compareTo(LONGEST_AT_EVERY_POINT) > 0) {
      throw ApiException.invalid(
          "monitor.window",
          "A window that is judged at every point is at most %d days long. Say how often it is judged (every), or make it shorter."
              .formatted(LONGEST_AT_EVERY_POINT.toDays()));
    }
    if (length.compareTo(step.multipliedBy(MOST_STEPS)) > 0 && !step.isZero()) {
      throw ApiException.invalid(
          "monitor.every",
          "A window is at most %d times as long as the time between two evaluations. Judge it less often, or make it shorter."
              .formatted(MOST_STEPS));
    }
  }

  /** What people should know of it before they rely on it. */
  List<String> warnings() {
    Duration silent = silent(orZero(every));
    AlertRule.Absence absence = absence();
    boolean endsAlerts = absence == AlertRule.Absence.SHOW || absence == AlertRule.Absence.OK;
    return endsAlerts && orZero(lasting).compareTo(silent) > 0
        ? List.of(
            "An alert opens after %s (for), but %s without points (noDataAfter) begin that anew. If points come less often, make noDataAfter longer than the time between them."
                .formatted(lasting, silent))
        : List.of();
  }

  private Duration silent(Duration step) {
    return noDataAfter == null ? longer(SILENT, step.multipliedBy(3)) : noDataAfter;
  }

  private Aggregation aggregationOrDefault() {
    String name = aggregation == null ? "last" : aggregation;
    for (Aggregation known : Aggregation.values()) {
      if (known.label().equals(name.toLowerCase(Locale.ROOT))) {
        return known;
      }
    }
    throw ApiException.invalid(
        "monitor.aggregation", "It is one of last, mean, median, sum, min, max and count.");
  }

  private AlertRule.Absence absence() {
    return switch (noDataState == null ? "NoData" : noDataState) {
      case "NoData" -> AlertRule.Absence.SHOW;
      case "Alerting" -> AlertRule.Absence.ALERTING;
      case "OK" -> AlertRule.Absence.OK;
      case "KeepLast" -> AlertRule.Absence.KEEP_LAST;
      default ->
          throw ApiException.invalid(
              "monitor.noDataState", "It is one of NoData, Alerting, OK and KeepLast.");
    };
  }

  private static Duration orZero(@Nullable Duration duration) {
    return duration == null ? Duration.ZERO : duration;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
