package dev.segue.examples.recorder;

import dev.segue.sdk.Effect;
import dev.segue.sdk.Field;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Returns its input and what the run knows of itself. */
@StepInfo(
    name = "read",
    title = "Read",
    description = "Returns its input.",
    effect = Effect.NONE,
    icon = "recorder.svg",
    category = "Recorder")
final class Read implements Step<Read.Input, Read.Output> {

  /**
   * Anything.
   *
   * @param value any value
   */
  record Input(@Field(title = "Value") Object value) {}

  /**
   * The same, and where it was.
   *
   * @param value the value of the input
   * @param runId the run
   * @param now the run's idea of now
   * @param simulated whether the run only rehearses
   * @param site the id of the site, if any
   */
  record Output(
      Object value, String runId, Instant now, boolean simulated, Optional<String> site) {}

  @Override
  public Output run(Input input, StepContext context) {
    return new Output(
        input.value(),
        context.runId(),
        context.now(),
        context.simulated(),
        context.site().map(site -> site.id()));
  }

  @Override
  public List<Input> examples() {
    return List.of(new Input("anything"));
  }
}
