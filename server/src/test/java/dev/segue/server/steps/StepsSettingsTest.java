package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepsSettingsTest {

  @Test
  void defaults() {
    StepsSettings defaults = StepsSettings.defaults();

    assertThat(defaults.jobTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(defaults.pollInterval()).isEqualTo(Duration.ofMillis(500));
    assertThat(defaults.concurrencyPerPlugin()).isEqualTo(64);
    assertThat(defaults.cpuThreads()).isPositive();
    assertThat(defaults.contextPatience()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults.putBack()).isEqualTo(Duration.ofSeconds(2));
    assertThat(defaults.retryPause()).isEqualTo(Duration.ofSeconds(5));
    assertThat(defaults.effectLease()).isEqualTo(Duration.ofSeconds(60));
    assertThat(defaults.shutdownGrace()).isEqualTo(Duration.ofSeconds(20));
    assertThat(defaults.cachedRuns()).isEqualTo(10_000);
  }

  @Test
  void aJobTimeoutTooShortToProlongIsRefused() {
    StepsSettings d = StepsSettings.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StepsSettings(
                    Duration.ofSeconds(1),
                    d.pollInterval(),
                    d.concurrencyPerPlugin(),
                    d.cpuThreads(),
                    d.contextPatience(),
                    d.putBack(),
                    d.retryPause(),
                    d.effectLease(),
                    d.shutdownGrace(),
                    d.cachedRuns()))
        .withMessageContaining("jobTimeout must be 2 s or more: PT1S");
  }

  @Test
  void nothingRunsWithoutAPlace() {
    StepsSettings d = StepsSettings.defaults();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new StepsSettings(
                    d.jobTimeout(),
                    d.pollInterval(),
                    0,
                    d.cpuThreads(),
                    d.contextPatience(),
                    d.putBack(),
                    d.retryPause(),
                    d.effectLease(),
                    d.shutdownGrace(),
                    d.cachedRuns()))
        .withMessageContaining("concurrencyPerPlugin");
  }
}
