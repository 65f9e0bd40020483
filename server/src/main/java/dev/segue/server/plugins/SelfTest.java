package dev.segue.server.plugins;

import dev.segue.bpmn.model.editor.ElementTemplates;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a version must pass before it serves; that its steps fit their schemas was seen before. */
final class SelfTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final PluginCalls calls;

  SelfTest(PluginCalls calls) {
    this.calls = calls;
  }

  /**
   * Tests a version.
   *
   * @throws PluginRefusedException if it fails
   */
  void pass(PluginManifest manifest, PluginDescription description) throws PluginRefusedException {
    for (StepDescriptor step : description.descriptor().steps()) {
      try {
        ElementTemplates.of(step, manifest.version());
      } catch (RuntimeException e) {
        throw failed(
            manifest, "no template can be made for " + step.type() + ": " + e.getMessage(), e);
      }
    }
    StepResult<Boolean> tested =
        calls.call(
            description.classLoader(),
            "self-test",
            LIMIT,
            () -> {
              description.plugin().selfTest();
              return true;
            });
    if (tested instanceof StepResult.Failed<Boolean> failure) {
      throw failed(manifest, failure.failure().message(), null);
    }
  }

  private static PluginRefusedException failed(
      PluginManifest manifest, String why, @Nullable Throwable cause) {
    return new PluginRefusedException(
        "The plugin %s failed its self-test: %s. It doesn't serve; mend it and install it again as a new version."
            .formatted(manifest.label(), why.replaceAll("[. ]+$", "")),
        cause);
  }
}
