package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class TrialTest {

  private static Trial trial(int jobsBefore, int failuresBefore, int jobs, int failures) {
    return new Trial(
        "hello",
        "1.1.0",
        "",
        "1.0.0",
        Set.of("hello:greet:1"),
        jobsBefore,
        failuresBefore,
        jobs,
        failures);
  }

  @Test
  void fewerThanTwentyJobsDecideNothing() {
    assertThat(trial(100, 0, 19, 19).failsTooOften()).isFalse();
    assertThat(trial(100, 0, 20, 20).failsTooOften()).isTrue();
  }

  @Test
  void threeTimesAsOftenIsTooOften() {
    assertThat(trial(100, 10, 20, 5).failsTooOften()).isFalse();
    assertThat(trial(100, 10, 20, 6).failsTooOften()).isTrue();
    assertThat(trial(100, 10, 100, 29).failsTooOften()).isFalse();
    assertThat(trial(100, 10, 100, 30).failsTooOften()).isTrue();
  }

  @Test
  void oneFailureOrTwoDecideNothingWhereThereWereNone() {
    assertThat(trial(100, 0, 20, 2).failsTooOften()).isFalse();
    assertThat(trial(100, 0, 20, 3).failsTooOften()).isTrue();
  }

  @Test
  void aVersionBeforeOfWhichLittleIsKnownCountsAsGood() {
    assertThat(trial(0, 0, 20, 3).failsTooOften()).isTrue();
    assertThat(trial(2, 2, 20, 20).failsTooOften()).isTrue();
  }

  @Test
  void whatFailedAllTheTimeBeforeIsNotWorseNow() {
    assertThat(trial(100, 100, 20, 20).failsTooOften()).isFalse();
  }

  @Test
  void aTrialEndsAfterEnoughJobs() {
    assertThat(trial(100, 0, 199, 0).isOver()).isFalse();
    assertThat(trial(100, 0, 200, 0).isOver()).isTrue();
  }
}
