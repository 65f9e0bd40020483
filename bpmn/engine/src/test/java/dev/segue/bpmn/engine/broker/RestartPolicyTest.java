package dev.segue.bpmn.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class RestartPolicyTest {

  private final RestartPolicy policy = new RestartPolicy();
  private Instant now = Instant.parse("2026-11-21T08:00:00Z");

  @Test
  void pausesGrowAndTheFifthCrashInFiveMinutesIsTheLast() {
    assertThat(policy.crashed(now)).contains(Duration.ofSeconds(1));
    assertThat(policy.crashed(later(60))).contains(Duration.ofSeconds(2));
    assertThat(policy.crashed(later(60))).contains(Duration.ofSeconds(5));
    assertThat(policy.crashed(later(60))).contains(Duration.ofSeconds(15));
    assertThat(policy.crashed(later(60))).isEmpty();
  }

  @Test
  void crashesOfLongAgoDoNotCount() {
    for (int i = 0; i < 20; i++) {
      assertThat(policy.crashed(later(301))).contains(Duration.ofSeconds(1));
    }
  }

  private Instant later(int seconds) {
    now = now.plusSeconds(seconds);
    return now;
  }
}
