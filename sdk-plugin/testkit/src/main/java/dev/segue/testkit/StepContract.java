package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.sdk.Step;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every step promises to its host. Extend it in a test class per step; the tests come with it.
 *
 * @param <I> the step's input
 * @param <O> the step's output
 */
public abstract class StepContract<I extends Record, O extends Record> {

  private static final Duration LIMIT = Duration.ofMillis(300);

  /** Twice what a step promises, because machines that build are busy. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private @Nullable TestHost host;

  /** Makes the host with the plugin loaded, and whatever the step needs set. */
  protected abstract TestHost host() throws Exception;

  /** Names the step's class. */
  protected abstract Class<? extends Step<I, O>> step();

  /** Gives inputs that can run here; each runs simulated, as the step's own examples do. */
  protected abstract List<I> inputs() throws Exception;

  /** Gives an input with which the step runs for seconds; none skips the test of interrupts. */
  protected Optional<I> slowInput() {
    return Optional.empty();
  }

  /**
   * Counts the effects outside so far; none skips the test that a key has one effect. To be given
   * by steps that declare {@code InDoubt.RETRY}.
   */
  protected OptionalLong effects() throws Exception {
    return OptionalLong.empty();
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

  /** Examples in the documentation and inputs of tests have to work. */
  @Test
  protected void simulatesEachInputWithoutAnEffect() throws Exception {
    OptionalLong before = effects();
    StepHarness<I, O> harness = loaded().step(step());
    for (I input : inputs()) {
      harness.simulate(input);
    }
    for (I example : harness.examples()) {
      harness.simulate(example);
    }
    assertThat(effects()).as("effects of simulating").isEqualTo(before);
  }

  /** A host that repeats a step in doubt relies on this. */
  @Test
  protected void hasOneEffectHoweverOftenItRunsWithOneKey() throws Exception {
    OptionalLong before = effects();
    assumeTrue(before.isPresent(), "the step counts no effects");
    StepHarness<I, O> harness = loaded().step(step());
    I input = inputs().getFirst();
    harness.run(input);
    harness.run(input);
    assertThat(effects().orElseThrow() - before.getAsLong()).as("effects").isEqualTo(1);
  }

  /** A host that stops, or cancels a run, can't wait for longer. */
  @Test
  protected void endsWithinASecondOfAnInterrupt() throws Exception {
    Optional<I> slow = slowInput();
    assumeTrue(slow.isPresent(), "the step has no slow input");
    StepHarness<I, O> harness = loaded().limit(LIMIT).step(step());
    StepResult<ObjectNode> result =
        CompletableFuture.supplyAsync(
                () -> harness.attempt(harness.json(slow.orElseThrow()), false),
                task -> Thread.ofVirtual().name("step").start(task))
            .get(30, TimeUnit.SECONDS);
    assertThat(Results.failure(result)).isInstanceOf(StepFailure.TimedOut.class);
    assertThat(result.took()).isLessThan(LIMIT.plus(GRACE));
  }
}
