package dev.segue.testkit;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.changes.ChangeSetJson;
import dev.segue.runtime.invoke.Invocation;
import dev.segue.runtime.invoke.Planned;
import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.Json;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeProblem;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.Undo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plans and applies with one change step as the server would: changes take the way through JSON
 * between the two. The connections of the last plan are those of the calls after it.
 *
 * @param <I> the input of plan
 * @param <O> the output of apply
 */
public final class ChangeStepHarness<I extends Record, O extends Record> {

  private final TestHost host;
  private final StepBinding.Changing step;
  private Map<String, String> connections = Map.of();

  ChangeStepHarness(TestHost host, StepBinding.Changing step) {
    this.host = host;
    this.step = step;
  }

  /**
   * Plans changes.
   *
   * @param input the input
   * @return the changes as they would be stored, with their hash
   * @throws AssertionError if planning fails, with the failure's message
   */
  public Planned plan(I input) {
    Planned planned = Results.value(attemptPlan(input));
    connections = planned.connections();
    String stored = Json.write(ChangeSetJson.write(planned.changes()));
    return new Planned(
        ChangeSetJson.readSet(Json.parse(stored)), planned.connections(), planned.hash());
  }

  /**
   * Plans changes and expects that to fail.
   *
   * @param input the input
   * @return the failure
   * @throws AssertionError if it succeeds
   */
  public StepFailure planFailure(I input) {
    return Results.failure(attemptPlan(input));
  }

  /** A record that breaks its schema is refused as the variables of a diagram would be. */
  private StepResult<Planned> attemptPlan(I input) {
    try {
      return attemptPlan(json(input), false);
    } catch (BindingException e) {
      return new StepResult.Failed<>(new StepFailure.InvalidInput(e.problems()), Duration.ZERO);
    }
  }

  StepResult<Planned> attemptPlan(ObjectNode variables, boolean simulated) {
    return host.invoker()
        .plan(step, variables, host.invocation(step.plan().policy().timeout(), simulated));
  }

  ObjectNode json(I input) {
    return step.input().write(input, host::nameOf);
  }

  /**
   * Describes the step.
   *
   * @return the descriptor of its plan, as a host sees it
   */
  public StepDescriptor descriptor() {
    return step.plan();
  }

  /** Describes what applies the planned changes. */
  StepDescriptor applyDescriptor() {
    return step.apply();
  }

  /** Finds the same step in another host's plugin, whatever its class is there. */
  ChangeStepHarness<I, O> in(TestHost other) {
    return new ChangeStepHarness<>(
        other, (StepBinding.Changing) other.plugin().step(step.plan().type()).orElseThrow());
  }

  /** The type arguments come from the class of the step that this harness was made for. */
  @SuppressWarnings("unchecked")
  List<I> examples() {
    return (List<I>) step.step().examples();
  }

  /**
   * Checks edited changes.
   *
   * @param changes the edited list
   * @return the problems; empty if the list may be applied
   */
  public List<ChangeProblem> check(List<Change> changes) {
    return Results.value(host.invoker().check(step, changes, connections, live()));
  }

  /**
   * Looks for changes that no longer fit, as is done before the first of a list is applied.
   *
   * @param changes the approved list
   * @return one for each change that no longer fits
   */
  public List<ChangeProblem> outdated(List<Change> changes) {
    return Results.value(attemptOutdated(changes));
  }

  /**
   * Looks for changes that no longer fit and expects that to fail.
   *
   * @param changes the approved list
   * @return the failure
   * @throws AssertionError if it succeeds
   */
  public StepFailure outdatedFailure(List<Change> changes) {
    return Results.failure(attemptOutdated(changes));
  }

  private StepResult<List<ChangeProblem>> attemptOutdated(List<Change> changes) {
    return host.invoker().outdated(step, changes, connections, live());
  }

  /**
   * Applies one change.
   *
   * @param change the change
   * @param key identifies it
   * @return what became of it
   * @throws AssertionError if applying fails, with the failure's message
   */
  public ChangeOutcome apply(Change change, String key) {
    return Results.value(attempt(change, key));
  }

  /**
   * Applies one change and expects that to fail.
   *
   * @param change the change
   * @param key identifies it
   * @return the failure
   * @throws AssertionError if it succeeds
   */
  public StepFailure applyFailure(Change change, String key) {
    return Results.failure(attempt(change, key));
  }

  private StepResult<ChangeOutcome> attempt(Change change, String key) {
    return host.invoker().apply(step, change, key, connections, live());
  }

  /**
   * Applies a whole set in order, with the keys {@code test-set/0}, {@code test-set/1} and so on.
   * Changes that no longer fit at its beginning are left out.
   *
   * @param planned the set
   * @return the step's output
   */
  public O applyAll(Planned planned) {
    List<Change> changes = planned.changes().changes();
    Map<Integer, String> stale = new HashMap<>();
    outdated(changes).forEach(problem -> stale.put(problem.ordinal(), problem.message()));
    List<ChangeResult> results = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      Change change = changes.get(i);
      String found = stale.get(i);
      results.add(
          new ChangeResult(
              change,
              found == null ? apply(change, "test-set/" + i) : new ChangeOutcome.Stale(found)));
    }
    return result(results);
  }

  /**
   * Asks whether a change was applied.
   *
   * @param change the change
   * @param key as given to {@link #apply}
   * @return what the step knows
   */
  public PastOutcome outcome(Change change, String key) {
    return Results.value(host.invoker().outcome(step, change, key, connections, live()));
  }

  /**
   * Asks for the change that takes an applied one back.
   *
   * @param change the change
   * @param applied what {@link #apply} said of it
   * @return the inverse, or why there is none
   */
  public Undo inverse(Change change, ChangeOutcome.Applied applied) {
    return Results.value(host.invoker().inverse(step, change, applied, live()));
  }

  /**
   * Asks for the step's output.
   *
   * @param results one per change, in order
   * @return the output as a later step would see it
   */
  @SuppressWarnings("unchecked")
  public O result(List<ChangeResult> results) {
    return (O) step.output().read(summary(results));
  }

  ObjectNode summary(List<ChangeResult> results) {
    return Results.value(host.invoker().result(step, results, live()));
  }

  private Invocation live() {
    return host.invocation(step.plan().policy().timeout(), false);
  }
}
