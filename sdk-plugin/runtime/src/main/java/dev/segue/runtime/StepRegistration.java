package dev.segue.runtime;

import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeStep;
import dev.segue.sdk.Step;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepInfo;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One call of {@code catalog.step}: first taken down, then bound when the plugin is complete. */
final class StepRegistration {

  private final Object step;
  private final StepInfo info;
  private @Nullable Function<PluginDescription, StepBinding> binding;

  private StepRegistration(Object step, StepInfo info) {
    this.step = step;
    this.info = info;
  }

  /** Null if a problem that leaves nothing to bind has been reported. */
  static @Nullable StepRegistration of(
      String plugin, Object step, BiConsumer<String, String> problem) {
    Class<?> type = step.getClass();
    StepInfo info = type.getAnnotation(StepInfo.class);
    if (info == null) {
      problem.accept(type.getName(), "has no @StepInfo annotation; add one");
      return null;
    }
    if (info.major() < 1 || info.major() > 9_999) {
      problem.accept(type.getName(), "has the major " + info.major() + "; it must be 1 to 9999");
      return null;
    }
    if (step instanceof Step<?, ?> plain && info.effect().isNoticeable() && !simulates(plain)) {
      problem.accept(
          type.getName(),
          "has the effect " + info.effect() + " but does not override simulate(input, context)");
    }
    if (step instanceof ChangeStep<?, ?> && !info.effect().isNoticeable()) {
      problem.accept(
          type.getName(),
          "is a ChangeStep with the effect "
              + info.effect()
              + "; name the effect of apply: WRITE, SEND or SPEND");
    }
    return new StepRegistration(step, info);
  }

  private static boolean simulates(Step<?, ?> step) {
    return overrides(step, Step.class, "simulate", StepContext.class);
  }

  /** Whether the step says how its changes are taken back. */
  static boolean undoes(ChangeStep<?, ?> step) {
    return overrides(step, ChangeStep.class, "inverse", ChangeOutcome.Applied.class);
  }

  private static boolean overrides(Object step, Class<?> base, String name, Class<?> second) {
    return Arrays.stream(step.getClass().getMethods())
        .anyMatch(
            method ->
                method.getName().equals(name)
                    && method.getParameterCount() == 2
                    && method.getParameterTypes()[1] == second
                    && method.getDeclaringClass() != base);
  }

  String name() {
    return info.name();
  }

  int major() {
    return info.major();
  }

  StepInfo info() {
    return info;
  }

  Object step() {
    return step;
  }

  String where() {
    return step.getClass().getName();
  }

  void bind(StepBinder binder) {
    binding = binder.bind(this);
  }

  StepBinding binding(PluginDescription description) {
    if (binding == null) {
      throw new IllegalStateException("step '" + name() + "' was refused");
    }
    return binding.apply(description);
  }
}
