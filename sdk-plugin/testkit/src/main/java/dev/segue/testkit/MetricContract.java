package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.MetricPoints;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.MetricSource.MetricInfo;
import dev.segue.sdk.MetricSource.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every source of metrics promises to its host. Extend it in a test class per plugin; the
 * tests come with it and look at each metric that the plugin offers.
 */
public abstract class MetricContract {

  private static final Duration AT_ONCE = Duration.ofMillis(1);

  /** Twice what is promised, because machines that build are busy. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private @Nullable TestHost host;

  /** Makes the host with the plugin loaded, and whatever the source needs set. */
  protected abstract TestHost host() throws Exception;

  /** Gives the begin of a period in which each metric has points. */
  protected abstract Instant from();

  /** Gives the end of that period; points stand in both of its halves. */
  protected abstract Instant to();

  /** Gives the account to read from, where the metrics need one. */
  protected Optional<ConnectionType> account() {
    return Optional.empty();
  }

  /** Loads the plugin. */
  @BeforeEach
  public final void load() throws Exception {
    host = host();
  }

  /** Closes the plugin. */
  @AfterEach
  public final void unload() throws Exception {
    if (host != null) {
      host.close();
    }
  }

  private TestHost loaded() {
    return Objects.requireNonNull(host, "the plugin is loaded before each test");
  }

  private List<MetricHarness> metrics() {
    List<MetricHarness> all = new ArrayList<>();
    for (MetricInfo info : loaded().plugin().descriptor().metrics()) {
      MetricHarness metric = loaded().metric(info.name());
      account().ifPresent(metric::from);
      all.add(metric);
    }
    assertThat(all).as("metrics that the plugin offers").isNotEmpty();
    return all;
  }

  /** The host keeps apart what it didn't ask for. */
  @Test
  protected void givesPointsOfThePeriodWithItsOwnLabels() {
    for (MetricHarness metric : metrics()) {
      List<MetricPoint> points = metric.read(from(), to());
      assertThat(points).as("points of %s", metric.info().name()).isNotEmpty();
      for (MetricPoint point : points) {
        assertThat(point.time())
            .as("time of a point of %s", metric.info().name())
            .isAfterOrEqualTo(from())
            .isBefore(to());
        assertThat(metric.info().labels())
            .as("declared labels of %s", metric.info().name())
            .containsAll(point.labels().keySet());
      }
    }
  }

  private record Key(Instant time, Map<String, String> labels) {}

  /**
   * Periods overlap and come again. Where a point stood for a part of its hour or day only because
   * the period began or ended there, reading again would make what was right wrong.
   */
  @Test
  protected void givesTheSamePointsHoweverThePeriodIsCut() {
    Instant middle = from().plus(Duration.between(from(), to()).dividedBy(2)).plusMillis(1);
    for (MetricHarness metric : metrics()) {
      Map<Key, Double> whole = values(metric, metric.read(from(), to()));
      Map<Key, Double> parts = values(metric, metric.read(from(), middle));
      parts.putAll(values(metric, metric.read(middle, to())));
      assertThat(parts)
          .as("points of %s in two halves of the period, beside the whole", metric.info().name())
          .isEqualTo(whole);
    }
  }

  private static Map<Key, Double> values(MetricHarness metric, List<MetricPoint> points) {
    Map<Key, Double> values = new HashMap<>();
    for (MetricPoint point : points) {
      Key key = new Key(point.time(), point.labels());
      assertThat(values.put(key, point.value()))
          .as("a second value of %s for %s", metric.info().name(), key)
          .isNull();
    }
    return values;
  }

  /** A host that stops can't wait for longer. */
  @Test
  protected void endsWithinASecondOfAnInterrupt() {
    for (MetricHarness metric : metrics()) {
      loaded().limit(AT_ONCE);
      StepResult<MetricPoints> result = metric.attempt(from(), to());
      boolean runsOn =
          result instanceof StepResult.Failed<MetricPoints> failed
              && failed.failure() instanceof StepFailure.TimedOut timedOut
              && timedOut.stillRunning();
      assertThat(runsOn).as("%s heeds no interrupt, and runs on", metric.info().name()).isFalse();
      assertThat(result.took())
          .as("time until %s has ended, which is interrupted at once", metric.info().name())
          .isLessThan(GRACE);
    }
  }

  /** An upgrade in the middle of the day leaves no old version behind. */
  @Test
  protected void leavesNoThreadAndNoClassBehind() throws Exception {
    Promises.assumeReloadable(loaded());
    List<MetricHarness> metrics = metrics();
    Unloading.check(
        loaded(), other -> metrics.forEach(metric -> metric.in(other).read(from(), to())));
  }
}
