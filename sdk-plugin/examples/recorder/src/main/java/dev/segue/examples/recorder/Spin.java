package dev.segue.examples.recorder;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Load;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.time.Duration;

/** Keeps a processor busy and takes no notice of interrupts, as badly written code does. */
@StepInfo(
    name = "spin",
    title = "Spin",
    description = "Computes for a while and can't be interrupted.",
    effect = Effect.NONE,
    load = Load.CPU,
    interruptible = false,
    icon = "recorder.svg",
    category = "Recorder")
final class Spin implements Step<Spin.Input, Spin.Output> {

  /**
   * How long.
   *
   * @param busy how long to compute
   */
  record Input(@Field(title = "Busy for", example = "PT1S") Duration busy) {}

  /**
   * What it did.
   *
   * @param rounds how often it went round
   * @param interrupted whether someone tried to stop it
   */
  record Output(long rounds, boolean interrupted) {}

  @Override
  public Output run(Input input, StepContext context) {
    long end = System.nanoTime() + input.busy().toNanos();
    long rounds = 0;
    while (System.nanoTime() < end) {
      rounds++;
      Thread.onSpinWait();
    }
    return new Output(rounds, Thread.currentThread().isInterrupted());
  }
}
