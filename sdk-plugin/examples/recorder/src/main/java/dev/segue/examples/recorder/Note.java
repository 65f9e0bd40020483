package dev.segue.examples.recorder;

import dev.segue.sdk.Effect;
import dev.segue.sdk.InDoubt;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;

/** Appends a line once per key: running it again with the same key changes nothing. */
@StepInfo(
    name = "note",
    title = "Note",
    description = "Appends a line to a file, once.",
    effect = Effect.WRITE,
    inDoubt = InDoubt.RETRY,
    icon = "recorder.svg",
    category = "Recorder")
final class Note implements Step<Recording.Input, Recording.Output> {

  @Override
  public Recording.Output run(Recording.Input input, StepContext context) throws Exception {
    return Recording.run(input, context, true);
  }

  @Override
  public Recording.Output simulate(Recording.Input input, StepContext context) {
    return new Recording.Output(input.text(), 1);
  }
}
