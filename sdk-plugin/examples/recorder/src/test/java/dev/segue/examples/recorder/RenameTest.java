package dev.segue.examples.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.invoke.Planned;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.Money;
import dev.segue.sdk.Secret;
import dev.segue.testkit.ChangeStepContract;
import dev.segue.testkit.ChangeStepHarness;
import dev.segue.testkit.TestHost;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenameTest extends ChangeStepContract<Rename.Input, Rename.Output> {

  private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");

  @TempDir Path folder;

  @Override
  protected TestHost host() {
    return TestHost.of("recorder", new RecorderPlugin()).now(NOW);
  }

  @Override
  protected Class<? extends ChangeStep<Rename.Input, Rename.Output>> step() {
    return Rename.class;
  }

  @Override
  protected Rename.Input input() {
    return input(Map.of("a", "one", "b", "two"));
  }

  @Override
  protected OptionalLong effects() throws Exception {
    Path ledger = folder.resolve("entries.properties.ledger");
    return OptionalLong.of(Files.exists(ledger) ? Files.readAllLines(ledger).size() : 0);
  }

  @Override
  protected Optional<?> state() throws Exception {
    Properties entries = new Properties();
    Path file = folder.resolve("entries.properties");
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        entries.load(reader);
      }
    }
    entries.values().removeIf(""::equals);
    return Optional.of(entries);
  }

  @Test
  void aValueThatSomeoneElseSetMakesTheChangeStale() throws Exception {
    try (TestHost host = host()) {
      ChangeStepHarness<Rename.Input, Rename.Output> rename = host.changeStep(Rename.class);
      Planned planned = rename.plan(input());
      Files.writeString(folder.resolve("entries.properties"), "b=other\n");

      assertThat(rename.applyAll(planned)).isEqualTo(new Rename.Output(1, 1, 0));
    }
  }

  @Test
  void aChangeIsStaleWhenItsTimeIsUp() throws Exception {
    try (TestHost host = host()) {
      ChangeStepHarness<Rename.Input, Rename.Output> rename = host.changeStep(Rename.class);
      Change change = rename.plan(input()).changes().changes().getFirst();
      host.now(NOW.plus(Duration.ofHours(1)));

      assertThat(rename.apply(change, "set/0")).isInstanceOf(ChangeOutcome.Stale.class);
      assertThat(effects()).hasValue(0);
    }
  }

  @Test
  void anEmptyValueIsAProblemOfTheEditedChange() throws Exception {
    try (TestHost host = host()) {
      ChangeStepHarness<Rename.Input, Rename.Output> rename = host.changeStep(Rename.class);
      Change change = rename.plan(input()).changes().changes().getFirst();

      assertThat(rename.check(List.of(change.withAfter(Map.of("value", " "))))).hasSize(1);
    }
  }

  private Rename.Input input(Map<String, String> entries) {
    return new Rename.Input(
        folder.resolve("entries.properties").toString(),
        entries,
        Optional.of(Money.of("1.50", "EUR")),
        Optional.of(Duration.ofHours(1)),
        Optional.of(new RecorderFile("/tmp/x", new Secret("s3cret"))));
  }
}
