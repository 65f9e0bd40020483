package dev.segue.server.steps;

import dev.segue.runtime.StepKind;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.invoke.Planned;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a {@link Trial}; holds nothing of the plugin, and no secret of its connections.
 *
 * @param pluginVersion the version that was tried
 * @param planned the changes that a change step planned; null for others, and if it failed
 * @param output what a run would get; null if it failed
 * @param failure why it failed; null if it didn't
 * @param ignored fields of the input that the step doesn't declare
 * @param took from entering the plugin's code to leaving it
 */
record TrialResult(
    StepKind kind,
    String pluginVersion,
    @Nullable Planned planned,
    @Nullable ObjectNode output,
    @Nullable StepFailure failure,
    List<String> ignored,
    TrialLog log,
    Duration took) {}
