package dev.segue.testkit;

import dev.segue.runtime.MetricBinding;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.MetricPoints;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.MetricSource.MetricInfo;
import dev.segue.sdk.MetricSource.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one metric as the server would: on a thread of its own, bounded in time and number. */
public final class MetricHarness {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int MOST_POINTS = 100_000;

  private final TestHost host;
  private final MetricBinding metric;
  private @Nullable ConnectionType account;

  MetricHarness(TestHost host, MetricBinding metric) {
    this.host = host;
    this.metric = metric;
  }

  /** Sets the account to read from. */
  public MetricHarness from(ConnectionType value) {
    account = value;
    return this;
  }

  /**
   * Reads the points of a period.
   *
   * @param from inclusive
   * @param to exclusive
   * @return the points in the source's order
   * @throws AssertionError if it fails, with the failure's message, or gives more points than the
   *     server takes at once
   */
  public List<MetricPoint> read(Instant from, Instant to) {
    MetricPoints read = Results.value(attempt(from, to));
    if (read.more()) {
      throw new AssertionError(
          "the metric %s has more than %d points from %s to %s, of which the server takes no more"
              .formatted(metric.info().name(), MOST_POINTS, from, to));
    }
    return read.points();
  }

  /**
   * Reads and expects it to fail.
   *
   * @return the failure
   * @throws AssertionError if it succeeds
   */
  public StepFailure failure(Instant from, Instant to) {
    return Results.failure(attempt(from, to));
  }

  StepResult<MetricPoints> attempt(Instant from, Instant to) {
    ConnectionType used = account;
    return host.invoker()
        .points(
            host.plugin(),
            metric,
            used == null ? Optional.empty() : Optional.of(host.nameOf(used)),
            new MetricPoints.Period(from, to),
            MOST_POINTS,
            host.invocation(LIMIT, true));
  }

  /**
   * Describes the metric.
   *
   * @return as the source does
   */
  public MetricInfo info() {
    return metric.info();
  }

  /** The same metric of another host's plugin. */
  MetricHarness in(TestHost other) {
    MetricHarness same = other.metric(metric.info().name());
    same.account = account;
    return same;
  }
}
