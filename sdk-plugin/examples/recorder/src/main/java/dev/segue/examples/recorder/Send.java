package dev.segue.examples.recorder;

import dev.segue.sdk.Effect;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;

/** Appends a line each time, like a message that can't be taken back. */
@StepInfo(
    name = "send",
    title = "Send",
    description = "Appends a line to a file, as often as it runs.",
    effect = Effect.SEND,
    inDoubt = InDoubt.ASK,
    icon = "recorder.svg",
    category = "Recorder")
final class Send implements Step<Recording.Input, Recording.Output> {

  @Override
  public Recording.Output run(Recording.Input input, StepContext context) throws Exception {
    return Recording.run(input, context, false);
  }

  @Override
  public Recording.Output simulate(Recording.Input input, StepContext context) {
    return new Recording.Output(input.text(), 1);
  }
}
