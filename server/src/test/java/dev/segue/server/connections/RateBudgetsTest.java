package dev.segue.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateBudgetsTest {

  private final List<Integer> reserved = new ArrayList<>();

  @Test
  void whoGivesUpLeavesTheSlotToTheNext() throws Exception {
    RateBudgets budgets =
        new RateBudgets(
            (connection, perSecond, slots) -> {
              reserved.add(slots);
              Thread.currentThread().interrupt();
              return Duration.ofMillis(100);
            });

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> budgets.await("slow", 0.01));
    long start = System.nanoTime();
    budgets.await("slow", 0.01);

    assertThat(reserved).as("one slot, for both").containsExactly(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void aBusyConnectionReservesMoreAtATimeUpToAQuarterOfASecondsWorth() throws Exception {
    RateBudgets budgets =
        new RateBudgets(
            (connection, perSecond, slots) -> {
              reserved.add(slots);
              return Duration.ofMillis(-400);
            });

    for (int i = 0; i < 31; i++) {
      budgets.await("busy", 1_000_000);
    }

    assertThat(reserved).startsWith(1, 2, 4, 8, 16);
    reserved.clear();
    for (int i = 0; i < 6; i++) {
      budgets.await("calm", 8);
    }
    assertThat(reserved).allMatch(slots -> slots <= 2);
  }

  @Test
  void withoutARateNothingIsAsked() throws Exception {
    new RateBudgets(
            (connection, perSecond, slots) -> {
              throw new AssertionError("asked for " + connection);
            })
        .await("unlimited", 0);
  }
}
