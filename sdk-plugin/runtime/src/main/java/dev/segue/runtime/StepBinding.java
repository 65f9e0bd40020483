package dev.segue.runtime;

import dev.segue.runtime.schema.Binder;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.ChoiceSource;
import dev.segue.sdk.Step;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step of a loaded plugin, ready to be called. Holds the plugin's classes. */
public sealed interface StepBinding {

  /**
   * Gives the plugin that the step belongs to.
   *
   * @return the description that holds this binding
   */
  PluginDescription plugin();

  /**
   * Gives the binder of the input of {@code run} or {@code plan}.
   *
   * @return the binder
   */
  Binder<Record> input();

  /**
   * Gives the binder of what {@code run} or {@code result} returns.
   *
   * @return the binder
   */
  Binder<Record> output();

  /**
   * Gives what serves choices at edit time.
   *
   * @return the source by input field
   */
  Map<String, ChoiceSource> choices();

  /**
   * A step that runs as a whole.
   *
   * @param descriptor of kind {@link StepKind#STEP}
   * @param step the plugin's instance
   */
  record Plain(
      PluginDescription plugin,
      StepDescriptor descriptor,
      Step<Record, Record> step,
      Binder<Record> input,
      Binder<Record> output,
      Map<String, ChoiceSource> choices)
      implements StepBinding {}

  /**
   * A step whose changes are planned, approved and applied.
   *
   * @param plan of kind {@link StepKind#PLAN}
   * @param apply of kind {@link StepKind#APPLY}
   * @param undo of kind {@link StepKind#UNDO}; null if the step declares no inverse
   * @param step the plugin's instance
   */
  record Changing(
      PluginDescription plugin,
      StepDescriptor plan,
      StepDescriptor apply,
      @Nullable StepDescriptor undo,
      ChangeStep<Record, Record> step,
      Binder<Record> input,
      Binder<Record> output,
      Map<String, ChoiceSource> choices)
      implements StepBinding {}
}
