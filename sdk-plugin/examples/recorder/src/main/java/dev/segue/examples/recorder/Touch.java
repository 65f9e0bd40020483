package dev.segue.examples.recorder;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.util.List;

/** Returns its input at once, but counts as an effect: shows what the host's own care costs. */
@StepInfo(
    name = "touch",
    title = "Touch",
    description = "Counts as an effect and has none.",
    effect = Effect.WRITE,
    inDoubt = InDoubt.RETRY,
    icon = "recorder.svg",
    category = "Recorder")
final class Touch implements Step<Touch.Input, Touch.Output> {

  /**
   * Anything.
   *
   * @param value any value
   */
  record Input(@Field(title = "Value") Object value) {}

  /**
   * The same, and by which key it would have been written.
   *
   * @param value the value of the input
   * @param key the step's idempotency key
   */
  record Output(Object value, String key) {}

  @Override
  public Output run(Input input, StepContext context) {
    return new Output(input.value(), context.idempotencyKey());
  }

  @Override
  public Output simulate(Input input, StepContext context) {
    return run(input, context);
  }

  @Override
  public List<Input> examples() {
    return List.of(new Input("anything"));
  }
}
