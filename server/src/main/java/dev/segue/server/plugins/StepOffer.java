package dev.segue.server.plugins;

import dev.segue.runtime.StepDescriptor;
import dev.segue.runtime.version.SemanticVersion;

/**
 * A step type with the version that serves it, both of one moment.
 *
 * @param step as that version describes it
 * @param pluginVersion the plugin's version
 */
public record StepOffer(StepDescriptor step, SemanticVersion pluginVersion) {}
