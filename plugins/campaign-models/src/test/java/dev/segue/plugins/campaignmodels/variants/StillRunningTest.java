package dev.segue.plugins.campaignmodels.variants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StillRunningTest {

  private static final Counts SOME = new Counts(100, 5);
  private static final Counts MANY = new Counts(10_000, 500);

  private final List<Map<String, Counts>> days =
      new ArrayList<>(
          List.of(
              Map.of("gone", SOME),
              Map.of("gone", SOME, "old", SOME),
              Map.of("old", SOME, "late", MANY),
              Map.of("old", SOME, "late", MANY, "gone", Counts.NONE)));

  @Test
  void staysWithTheOneThatBeganFirstHoweverManyTrialsOthersGather() {
    days.add(Map.of("late", MANY));
    days.add(Map.of("old", SOME, "also", SOME));
    assertThat(new StillRunning(days).longest()).contains("old");
    assertThat(new StillRunning(days).has("gone")).isFalse();
  }

  @Test
  void passesOnToTheNextWhenTheFirstIsStopped() {
    days.addAll(List.of(Map.of("late", SOME), Map.of("late", SOME), Map.of("late", SOME)));
    assertThat(new StillRunning(days).longest()).contains("late");
    assertThat(new StillRunning(List.of()).longest()).isEmpty();
  }
}
