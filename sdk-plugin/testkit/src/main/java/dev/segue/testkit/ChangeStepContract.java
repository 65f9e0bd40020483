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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every change step promises to its host. Extend it in a test class per step; the tests come
 * with it. Each test starts from a world as {@link #host} prepares it.
 *
 * @param <I> the input of plan
 * @param <O> the output of apply
 */
public abstract class ChangeStepContract<I extends Record, O extends Record> {

  private static final String KEY = "contract-set/0";

  private @Nullable TestHost host;

  /** Prepares the world, and makes the host with the plugin loaded and what the step needs set. */
  protected abstract TestHost host() throws Exception;

  /** Names the step's class. */
  protected abstract Class<? extends ChangeStep<I, O>> step();

  /** Gives an input whose plan has at least one change, and whose changes can be applied. */
  protected abstract I input() throws Exception;

  /** Counts the effects outside so far; none skips what needs the count. */
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

  private ChangeStepHarness<I, O> harness() {
    return Objects.requireNonNull(host, "the plugin is loaded before each test").changeStep(step());
  }

  /** People approve a plan because planning has altered nothing yet. */
  @Test
  protected void plansWithoutAnEffect() throws Exception {
    OptionalLong before = effects();
    Planned planned = harness().plan(input());
    assertThat(planned.changes().changes()).as("planned changes").isNotEmpty();
    assertThat(effects()).as("effects of planning").isEqualTo(before);
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
    OptionalLong before = effects();
    assumeTrue(before.isPresent(), "the step counts no effects");
    assumeTrue(
        !(harness.outcome(change, KEY) instanceof PastOutcome.Unknown),
        "the step cannot tell what happened, so the host asks a person before it repeats");
    harness.apply(change, KEY);
    if (harness.outcome(change, KEY) instanceof PastOutcome.DidNotHappen) {
      harness.apply(change, KEY);
    }
    assertThat(effects().orElseThrow() - before.getAsLong()).as("effects").isEqualTo(1);
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
    ChangeOutcome outcome = harness.apply(change, KEY);
    assertThat(outcome).isInstanceOf(ChangeOutcome.Applied.class);
    if (harness.inverse(change, (ChangeOutcome.Applied) outcome) instanceof Undo.By undo) {
      assertThat(harness.apply(undo.inverse(), "contract-undo/0"))
          .isInstanceOf(ChangeOutcome.Applied.class);
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
}
