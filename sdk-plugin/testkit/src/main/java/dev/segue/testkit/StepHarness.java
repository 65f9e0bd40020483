package dev.segue.testkit;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.schema.BindingException;
import dev.segue.runtime.schema.Json;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs one step as the server would: input and output take the way through JSON.
 *
 * @param <I> the step's input
 * @param <O> the step's output
 */
public final class StepHarness<I extends Record, O extends Record> {

  private final TestHost host;
  private final StepBinding.Plain step;

  StepHarness(TestHost host, StepBinding.Plain step) {
    this.host = host;
    this.step = step;
  }

  /**
   * Runs the step.
   *
   * @param input the input
   * @return the output as a later step would see it
   * @throws AssertionError if it fails, with the failure's message
   */
  public O run(I input) {
    return output(attempt(input, false));
  }

  /**
   * Has the step simulate.
   *
   * @param input the input
   * @return the output as a later step would see it
   * @throws AssertionError if it fails, with the failure's message
   */
  public O simulate(I input) {
    return output(attempt(input, true));
  }

  /**
   * Runs the step and expects it to fail.
   *
   * @param input the input
   * @return the failure
   * @throws AssertionError if it succeeds
   */
  public StepFailure failure(I input) {
    return Results.failure(attempt(input, false));
  }

  /**
   * Runs the step on variables, as a diagram's input mapping would hand them over.
   *
   * @param variables a JSON object
   * @return the output or the failure
   */
  public StepResult<ObjectNode> attempt(String variables) {
    return attempt((ObjectNode) Json.parse(variables), false);
  }

  /** A record that breaks its schema is refused as the variables of a diagram would be. */
  private StepResult<ObjectNode> attempt(I input, boolean simulated) {
    try {
      return attempt(json(input), simulated);
    } catch (BindingException e) {
      return new StepResult.Failed<>(new StepFailure.InvalidInput(e.problems()), Duration.ZERO);
    }
  }

  StepResult<ObjectNode> attempt(ObjectNode variables, boolean simulated) {
    return host.invoker()
        .run(step, variables, host.invocation(step.descriptor().policy().timeout(), simulated));
  }

  /**
   * Describes the step.
   *
   * @return the descriptor, as a host sees it
   */
  public StepDescriptor descriptor() {
    return step.descriptor();
  }

  /**
   * Finds the same step in another host's plugin, whatever its class is there.
   *
   * @return what runs it there
   */
  StepHarness<I, O> in(TestHost other) {
    return new StepHarness<>(
        other, (StepBinding.Plain) other.plugin().step(step.descriptor().type()).orElseThrow());
  }

  /** Safe, as below. */
  @SuppressWarnings("unchecked")
  List<I> examples() {
    return (List<I>) step.step().examples();
  }

  ObjectNode json(I input) {
    return step.input().write(input, host::nameOf);
  }

  /** The type arguments come from the class of the step that this harness was made for. */
  @SuppressWarnings("unchecked")
  private O output(StepResult<ObjectNode> result) {
    return (O) step.output().read(Results.value(result));
  }
}
