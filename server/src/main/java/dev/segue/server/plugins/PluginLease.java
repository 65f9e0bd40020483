package dev.segue.server.plugins;

import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepDescriptor;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to call the code of one plugin version, which stays loaded until the lease is closed.
 * Whatever is got from a lease must not be kept after that.
 */
public final class PluginLease implements AutoCloseable {

  private final ServedStep served;
  private final AtomicBoolean open = new AtomicBoolean(true);

  PluginLease(ServedStep served) {
    this.served = served;
  }

  /** What runs the step. */
  public StepBinding binding() {
    return served.binding();
  }

  /** The step type's descriptor. */
  public StepDescriptor descriptor() {
    return served.descriptor();
  }

  /** Names of the step's input fields: the only variables that it gets to see. */
  public List<String> inputFields() {
    return served.inputFields();
  }

  /** The plugin as a whole, with its connection types and class loader. */
  public PluginDescription plugin() {
    return served.plugin().description();
  }

  /** The version of the plugin, such as {@code 1.4.0}. */
  public String pluginVersion() {
    return served.version();
  }

  /** Gives the version free. Idempotent. */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      served.plugin().release();
    }
  }
}
