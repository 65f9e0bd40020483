package dev.segue.server.plugins;

import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.SharedClassLoader;
import dev.segue.runtime.call.PluginCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultPluginManager;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/**
 * PF4J's manager for exactly one version of one plugin, so that two versions can live side by side
 * and each one goes as a whole. Not thread-safe: one thread at a time.
 */
final class SinglePluginManager extends DefaultPluginManager {

  private final StagedPlugin staged;
  private final PluginCalls calls;
  private final SharedClassLoader shared;

  SinglePluginManager(StagedPlugin staged, PluginCalls calls, SharedClassLoader shared) {
    super(staged.folder());
    this.staged = staged;
    this.calls = calls;
    this.shared = shared;
    setSystemVersion("0.0.0");
  }

  /**
   * Loads the plugin and has it describe itself.
   *
   * @throws PluginRefusedException if it can't be made or breaks a rule; nothing stays loaded then
   */
  PluginDescription startPlugin() throws PluginRefusedException {
    String id = staged.manifest().id();
    try {
      loadPlugin(staged.folder());
      PluginState state = startPlugin(id);
      PluginWrapper wrapper = getPlugin(id);
      if (state == PluginState.STARTED && wrapper.getPlugin() instanceof HostedPlugin hosted) {
        return hosted.description();
      }
      throw refused(wrapper.getFailedException());
    } catch (RuntimeException | LinkageError e) {
      throw refused(e);
    }
  }

  private PluginRefusedException refused(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause != null && cause.getCause() != null && !(cause instanceof LinkageError)) {
      cause = cause.getCause();
    }
    unload();
    return new PluginRefusedException(
        "The plugin "
            + staged.manifest().label()
            + " can't be started: "
            + (cause == null ? "PF4J gives no reason" : describe(cause))
            + ". Mend it and install it again.",
        failure);
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    if (cause instanceof LinkageError || cause instanceof ClassNotFoundException) {
      return "a class is missing or doesn't fit: " + message;
    }
    return message == null ? cause.getClass().getName() : message.replaceAll("[. ]+$", "");
  }

  /** Ends the plugin and closes its class loader. */
  void unload() {
    if (getPlugin(staged.manifest().id()) != null) {
      ClassLoader loader = getPluginClassLoader(staged.manifest().id());
      stopPlugin(staged.manifest().id());
      if (loader instanceof IsolatedClassLoader isolated) {
        isolated.deregisterDrivers();
        ResourceBundle.clearCache(isolated);
      }
      unloadPlugin(staged.manifest().id());
    }
  }

  @Override
  protected PluginDescriptorFinder createPluginDescriptorFinder() {
    return new PluginDescriptorFinder() {
      @Override
      public boolean isApplicable(Path path) {
        return true;
      }

      @Override
      public PluginDescriptor find(Path path) {
        PluginManifest manifest = staged.manifest();
        return new DefaultPluginDescriptor(
            manifest.id(),
            manifest.description(),
            manifest.pluginClass(),
            manifest.version().toString(),
            "*",
            manifest.provider(),
            manifest.license());
      }
    };
  }

  @Override
  protected PluginLoader createPluginLoader() {
    return new PluginLoader() {
      @Override
      public boolean isApplicable(Path path) {
        return true;
      }

      @Override
      public ClassLoader loadPlugin(Path folder, PluginDescriptor descriptor) {
        IsolatedClassLoader loader =
            new IsolatedClassLoader(SinglePluginManager.this, descriptor, shared);
        loader.addFile(folder.resolve(PluginLayout.CLASSES).toFile());
        try {
          PluginLayout.jars(folder).forEach(jar -> loader.addFile(jar.toFile()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return loader;
      }
    };
  }

  @Override
  protected PluginFactory createPluginFactory() {
    return this::host;
  }

  private Plugin host(PluginWrapper wrapper) {
    return new HostedPlugin(staged.manifest(), wrapper.getPluginClassLoader(), calls);
  }
}
