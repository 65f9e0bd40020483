package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.runtime.StepDescriptor;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
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

  /** So short that the interrupt reaches the step early on, whatever it does. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private @Nullable TestHost host;

  /** Makes the host with the plugin loaded, and whatever the step needs set. */
  protected abstract TestHost host() throws Exception;

  /** Names the step's class. */
  protected abstract Class<? extends Step<I, O>> step();

  /** Gives inputs that can run here; each runs simulated, as the step's own examples do. */
  protected abstract List<I> inputs() throws Exception;

  /**
   * Gives an input with which the step waits or works for seconds, best a slow answer of a {@link
   * FakeService}. Without one, interrupts are tested on a step that has only just begun.
   */
  protected Optional<I> slowInput() {
    return Optional.empty();
  }

  /**
   * Counts the effects outside so far, such as {@link FakeService#writes}. To be given for each
   * step whose effect is more than {@code READ}.
   */
  protected OptionalLong effects() throws Exception {
    return OptionalLong.empty();
  }

  /**
   * Tells whether a second effect does no harm, and so may follow from a second run with one key:
   * asking a language model twice, say. False, unless overridden.
   */
  protected boolean harmlessToRepeat() {
    return false;
  }

  /**
   * Gives values that the step refuses for reasons of its own, such as what the constructor of its
   * input checks. What the schema forbids is tried anyway.
   *
   * @return JSON by the name of the field, such as {@code Map.of("day", "\"yesterday\"")}
   */
  protected Map<String, String> refused() {
    return Map.of();
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

  private StepHarness<I, O> harness() {
    return loaded().step(step());
  }

  /** Examples in the documentation and inputs of tests have to work, and rehearsals do no harm. */
  @Test
  protected void simulatesEachInputWithoutAnEffect() throws Exception {
    StepHarness<I, O> harness = harness();
    OptionalLong before = Promises.counted(harness.descriptor(), effects());
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
    StepHarness<I, O> harness = harness();
    StepDescriptor step = harness.descriptor();
    assumeTrue(step.effect().isNoticeable(), "the step has no effect");
    assumeTrue(
        step.policy().inDoubt() == InDoubt.RETRY,
        "the host asks a person before it repeats this step");
    assumeFalse(harmlessToRepeat(), "a second effect does no harm");
    OptionalLong before = Promises.counted(step, effects());
    I input = inputs().getFirst();
    harness.run(input);
    harness.run(input);
    assertThat(effects().orElseThrow() - before.orElseThrow()).as("effects").isEqualTo(1);
  }

  /** A host that stops, or cancels a run, can't wait for longer. */
  @Test
  protected void endsWithinASecondOfAnInterrupt() throws Exception {
    Optional<I> slow = slowInput();
    Duration limit = slow.isPresent() ? LIMIT : AT_ONCE;
    // Made before the limit holds: it may come from another step of the same plugin.
    I input = slow.isPresent() ? slow.get() : inputs().getFirst();
    StepHarness<I, O> harness = loaded().limit(limit).step(step());
    Promises.endsSoonAfterAnInterrupt(
        harness.descriptor(), limit, () -> harness.attempt(harness.json(input), slow.isEmpty()));
  }

  /** Whoever draws a diagram reads what is wrong with which field. */
  @Test
  protected void namesTheFieldOfAnInputThatItRefuses() throws Exception {
    StepHarness<I, O> harness = harness();
    Promises.namesTheFieldThatIsWrong(
        harness.descriptor(), harness.json(inputs().getFirst()), refused(), harness::attempt);
  }

  /** An upgrade in the middle of the day leaves no old version behind. */
  @Test
  protected void leavesNoThreadAndNoClassBehind() throws Exception {
    Promises.assumeReloadable(loaded());
    StepHarness<I, O> harness = harness();
    ObjectNode input = harness.json(inputs().getFirst());
    Unloading.check(loaded(), other -> Results.value(harness.in(other).attempt(input, true)));
  }
}
