package dev.segue.server.plugins;

import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepDescriptor;
import java.util.List;

/** A step type of one loaded version, with what each job needs worked out once. */
record ServedStep(
    LoadedPlugin plugin,
    String version,
    StepBinding binding,
    StepDescriptor descriptor,
    List<String> inputFields) {

  static ServedStep of(LoadedPlugin plugin, StepDescriptor descriptor) {
    return new ServedStep(
        plugin,
        plugin.manifest().version().toString(),
        plugin.description().step(descriptor.type()).orElseThrow(),
        descriptor,
        descriptor.inputFields());
  }

  StepOffer offer() {
    return new StepOffer(descriptor, plugin.manifest().version());
  }
}
