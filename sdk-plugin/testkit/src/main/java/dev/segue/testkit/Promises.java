package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.schema.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** What steps and change steps promise alike. */
final class Promises {

  /** Twice what a step promises, because machines that build are busy. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private Promises() {}

  static void endsSoonAfterAnInterrupt(
      StepDescriptor step, Duration limit, Supplier<StepResult<?>> call) {
    assumeTrue(step.policy().interruptible(), "the step declares that no interrupt ends it");
    StepResult<?> result = call.get();
    boolean runsOn =
        result instanceof StepResult.Failed<?> failed
            && failed.failure() instanceof StepFailure.TimedOut timedOut
            && timedOut.stillRunning();
    assertThat(runsOn).as("the step heeds no interrupt, and runs on").isFalse();
    assertThat(result.took())
        .as("time until the step has ended, which is interrupted after %s", limit)
        .isLessThan(limit.plus(GRACE));
  }

  static void namesTheFieldThatIsWrong(
      StepDescriptor step,
      ObjectNode good,
      Map<String, String> refused,
      BiFunction<ObjectNode, Boolean, StepResult<?>> call) {
    RefusedInput.check(
        RefusedInput.of(step.inputSchema(), good), variables -> call.apply(variables, true));
    for (Map.Entry<String, String> wrong : refused.entrySet()) {
      ObjectNode variables = good.deepCopy();
      variables.set(wrong.getKey(), Json.parse(wrong.getValue()));
      RefusedInput.check(
          List.of(new RefusedInput(wrong.getKey(), "is " + wrong.getValue(), variables)),
          input -> call.apply(input, true));
    }
  }

  /** A step that alters something outside has to let the suite see that. */
  static OptionalLong counted(StepDescriptor step, OptionalLong effects) {
    assertThat(effects.isPresent() || !step.effect().isNoticeable())
        .as(
            "the effect of %s is %s: override effects() to count what it did, so that the suite"
                + " can see what simulating and planning do",
            step.type(), step.effect())
        .isTrue();
    return effects;
  }

  /** Only a plugin class that can be made anew can be loaded anew. */
  static void assumeReloadable(TestHost host) {
    Class<?> type = host.plugin().plugin().getClass();
    boolean plain = !type.isHidden() && !type.isSynthetic() && !type.isAnonymousClass();
    boolean bare = false;
    for (var constructor : type.getDeclaredConstructors()) {
      bare |= constructor.getParameterCount() == 0;
    }
    assumeTrue(
        plain && bare,
        "the test's plugin is made by hand; give the host the plugin's own class to test unloading");
  }
}
