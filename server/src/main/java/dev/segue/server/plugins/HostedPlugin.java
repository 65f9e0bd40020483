package dev.segue.server.plugins;

import dev.segue.runtime.InvalidPluginException;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.sdk.SeguePlugin;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;
import org.pf4j.PluginRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link SeguePlugin} in the shape that PF4J starts and stops. */
final class HostedPlugin extends Plugin {

  private static final Logger LOG = LoggerFactory.getLogger(HostedPlugin.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final PluginManifest manifest;
  private final ClassLoader loader;
  private final PluginCalls calls;
  private @Nullable PluginDescription description;

  HostedPlugin(PluginManifest manifest, ClassLoader loader, PluginCalls calls) {
    this.manifest = manifest;
    this.loader = loader;
    this.calls = calls;
  }

  @Override
  public void start() {
    try {
      description = PluginDescription.of(manifest.id(), this::instantiate, loader, calls);
    } catch (InvalidPluginException e) {
      throw new PluginRuntimeException(e, e.getMessage());
    }
  }

  private SeguePlugin instantiate() throws Exception {
    Class<?> type = Class.forName(manifest.pluginClass(), true, loader);
    if (!SeguePlugin.class.isAssignableFrom(type)) {
      throw new ClassCastException(
          "the Plugin-Class " + manifest.pluginClass() + " doesn't implement SeguePlugin");
    }
    try {
      return (SeguePlugin) type.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      throw new NoSuchMethodException(
          "the Plugin-Class "
              + manifest.pluginClass()
              + " has no public constructor without parameters");
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public void stop() {
    PluginDescription started = description;
    if (started == null) {
      return;
    }
    SeguePlugin plugin = started.plugin();
    StepResult<Boolean> closed =
        calls.call(
            loader,
            "close",
            CLOSE_LIMIT,
            () -> {
              plugin.close();
              return true;
            });
    if (closed instanceof StepResult.Failed<Boolean> failed) {
      LOG.warn("The plugin {} didn't close well: {}", manifest.label(), failed.failure().message());
    }
    description = null;
  }

  PluginDescription description() {
    PluginDescription started = description;
    if (started == null) {
      throw new IllegalStateException("plugin " + manifest.label() + " isn't started");
    }
    return started;
  }
}
