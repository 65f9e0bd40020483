package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.runtime.changes.ContentHash;
import dev.segue.runtime.invoke.Planned;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.Undo;
import java.time.Duration;
import java.util.ArrayList;
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
 * What every change step promises to its host. Extend it in a test class per step; the tests come
 * with it. Each test starts from a world as {@link #host} prepares it.
 *
 * @param <I> the input of plan
 * @param <O> the output of apply
 */
public abstract class ChangeStepContract<I extends Record, O extends Record> {

  private static final String KEY = "contract-set/0";

  /** So short that the interrupt reaches the step early on, whatever it does. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private @Nullable TestHost host;

  /** Prepares the world, and makes the host with the plugin loaded and what the step needs set. */
  protected abstract TestHost host() throws Exception;

  /** Names the step's class. */
  protected abstract Class<? extends ChangeStep<I, O>> step();

  /** Gives an input whose plan has at least one change, and whose changes can be applied. */
  protected abstract I input() throws Exception;

  /** Counts the effects outside so far, such as {@link FakeService#writes}. */
  protected OptionalLong effects() throws Exception {
    return OptionalLong.empty();
  }

  /**
   * Reads what the step alters, to compare the world before an apply with the world after its undo.
   *
   * @return anything with {@code equals}, such as a map of prices; empty skips the comparison
   */
  protected Optional<?> state() throws Exception {
    return Optional.empty();
  }

  /**
   * Gives values that planning refuses for reasons of its own. What the schema forbids is tried
   * anyway.
   *
   * @return JSON by the name of the field
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

  private ChangeStepHarness<I, O> harness() {
    return loaded().changeStep(step());
  }

  /** People approve a plan because planning has altered nothing yet. */
  @Test
  protected void plansWithoutAnEffect() throws Exception {
    ChangeStepHarness<I, O> harness = harness();
    OptionalLong before = Promises.counted(harness.applyDescriptor(), effects());
    Optional<?> state = state();
    Planned planned = harness.plan(input());
    assertThat(planned.changes().changes()).as("planned changes").isNotEmpty();
    Results.value(harness.attemptPlan(harness.json(input()), true));
    assertThat(effects()).as("effects of planning").isEqualTo(before);
    assertThat(state()).as("the world after planning").isEqualTo(state);
  }

  /** Examples in the documentation have to work. */
  @Test
  protected void plansItsExamples() {
    ChangeStepHarness<I, O> harness = harness();
    harness.examples().forEach(harness::plan);
  }

  /** A plan that was stored and read again is still the one that was approved. */
  @Test
  protected void keepsItsHashWhenStored() throws Exception {
    Planned planned = harness().plan(input());
    assertThat(ContentHash.of(planned.changes(), planned.connections())).isEqualTo(planned.hash());
  }

  /** What the step plans by itself must pass its own check. */
  @Test
  protected void findsNoProblemInItsOwnPlan() throws Exception {
    ChangeStepHarness<I, O> harness = harness();
    assertThat(harness.check(harness.plan(input()).changes().changes())).isEmpty();
  }

  /** A host that repeats a change in doubt relies on this. */
  @Test
  protected void appliesAChangeOnceHoweverOftenItIsAskedTo() throws Exception {
    ChangeStepHarness<I, O> harness = harness();
    Change change = harness.plan(input()).changes().changes().getFirst();
    OptionalLong before = Promises.counted(harness.applyDescriptor(), effects());
    assumeTrue(
        !(harness.outcome(change, KEY) instanceof PastOutcome.Unknown),
        "the step cannot tell what happened, so the host asks a person before it repeats");
    harness.apply(change, KEY);
    if (harness.outcome(change, KEY) instanceof PastOutcome.DidNotHappen) {
      harness.apply(change, KEY);
    }
    assertThat(effects().orElseThrow() - before.orElseThrow()).as("effects").isEqualTo(1);
  }

  /** Saying that an effect did not happen makes the host do it again. */
  @Test
  protected void neverDeniesWhatItApplied() throws Exception {
    ChangeStepHarness<I, O> harness = harness();
    Change change = harness.plan(input()).changes().changes().getFirst();
    assertThat(harness.outcome(change, KEY)).isNotInstanceOf(PastOutcome.Happened.class);
    assertThat(harness.apply(change, KEY)).isInstanceOf(ChangeOutcome.Applied.class);
    assertThat(harness.outcome(change, KEY)).isNotInstanceOf(PastOutcome.DidNotHappen.class);
  }

  /** An undo that is offered has to work right after the change. */
  @Test
  protected void takesBackWhatItSaysCanBeTakenBack() throws Exception {
    ChangeStepHarness<I, O> harness = harness();
    Change change = harness.plan(input()).changes().changes().getFirst();
    Optional<?> before = state();
    ChangeOutcome outcome = harness.apply(change, KEY);
    assertThat(outcome).isInstanceOf(ChangeOutcome.Applied.class);
    if (harness.inverse(change, (ChangeOutcome.Applied) outcome) instanceof Undo.By undo) {
      assertThat(harness.apply(undo.inverse(), "contract-undo/0"))
          .isInstanceOf(ChangeOutcome.Applied.class);
      assertThat(state()).as("the world after the undo").isEqualTo(before);
    }
  }

  /** The run goes on with this result, whatever became of the changes. */
  @Test
  protected void sumsUpEveryKindOfOutcome() throws Exception {
    ChangeStepHarness<I, O> harness = harness();
    List<ChangeResult> results = new ArrayList<>();
    for (Change change : harness.plan(input()).changes().changes()) {
      results.add(new ChangeResult(change, new ChangeOutcome.Applied("reference")));
      results.add(new ChangeResult(change, new ChangeOutcome.Stale("something else")));
      results.add(new ChangeResult(change, new ChangeOutcome.Refused("no")));
    }
    assertThat(harness.result(results)).isNotNull();
    assertThat(harness.result(List.of())).isNotNull();
  }

  /** A host that stops, or cancels a run, can't wait for longer. */
  @Test
  protected void endsWithinASecondOfAnInterrupt() throws Exception {
    ChangeStepHarness<I, O> harness = harness();
    // Made before the limit holds: it may come from another step of the same plugin.
    ObjectNode input = harness.json(input());
    loaded().limit(AT_ONCE);
    Promises.endsSoonAfterAnInterrupt(
        harness.descriptor(), AT_ONCE, () -> harness.attemptPlan(input, false));
  }

  /** Whoever draws a diagram reads what is wrong with which field. */
  @Test
  protected void namesTheFieldOfAnInputThatItRefuses() throws Exception {
    ChangeStepHarness<I, O> harness = harness();
    Promises.namesTheFieldThatIsWrong(
        harness.descriptor(), harness.json(input()), refused(), harness::attemptPlan);
  }

  /** An upgrade in the middle of the day leaves no old version behind. */
  @Test
  protected void leavesNoThreadAndNoClassBehind() throws Exception {
    Promises.assumeReloadable(loaded());
    ChangeStepHarness<I, O> harness = harness();
    ObjectNode input = harness.json(input());
    Unloading.check(
        loaded(),
        other -> {
          ChangeStepHarness<I, O> again = harness.in(other);
          Results.value(again.attemptPlan(input, true));
          again.summary(List.of());
        });
  }
}
