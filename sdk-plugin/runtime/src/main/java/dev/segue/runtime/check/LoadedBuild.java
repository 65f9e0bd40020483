package dev.segue.runtime.check;

import dev.segue.runtime.InvalidPluginException;
import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.SharedClassLoader;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.sdk.SeguePlugin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A plugin's build, loaded as the host would, for as long as something is to be learned of it. */
final class LoadedBuild implements AutoCloseable {

  private final URLClassLoader loader;
  private final PluginCalls calls;
  private final PluginDescription description;

  private LoadedBuild(URLClassLoader loader, PluginCalls calls, PluginDescription description) {
    this.loader = loader;
    this.calls = calls;
    this.description = description;
  }

  /**
   * Loads a build and has it describe itself.
   *
   * @param classPath its classes first, then its libraries
   * @throws InvalidPluginException if it breaks a rule; nothing stays loaded then
   */
  static LoadedBuild of(String id, String pluginClass, List<Path> classPath)
      throws InvalidPluginException, IOException {
    URL[] urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath.get(i).toUri().toURL();
    }
    ClassLoader shared = new SharedClassLoader(LoadedBuild.class.getClassLoader());
    URLClassLoader loader = new URLClassLoader("plugin", urls, shared);
    PluginCalls calls = new PluginCalls();
    boolean loaded = false;
    try {
      PluginDescription description =
          PluginDescription.of(id, () -> make(pluginClass, loader), loader, calls);
      loaded = true;
      return new LoadedBuild(loader, calls, description);
    } finally {
      if (!loaded) {
        calls.close();
        loader.close();
      }
    }
  }

  private static SeguePlugin make(String name, ClassLoader loader)
      throws ReflectiveOperationException {
    Class<?> type = loader.loadClass(name);
    if (!SeguePlugin.class.isAssignableFrom(type)) {
      throw new IllegalArgumentException(type.getName() + " does not implement SeguePlugin");
    }
    return (SeguePlugin) type.getConstructor().newInstance();
  }

  PluginDescription description() {
    return description;
  }

  /** Has it test itself; tells why it fails, or nothing if it passes. */
  Optional<String> selfTest() {
    StepResult<Boolean> tested =
        calls.call(
            loader,
            "selfTest",
            PluginDescription.DESCRIBE_LIMIT,
            () -> {
              description.plugin().selfTest();
              return true;
            });
    return switch (tested) {
      case StepResult.Completed<Boolean> passed -> Optional.empty();
      case StepResult.Failed<Boolean> failed -> Optional.of(failed.failure().message());
    };
  }

  @Override
  public void close() throws IOException {
    calls.call(
        loader,
        "close",
        PluginDescription.DESCRIBE_LIMIT,
        () -> {
          description.plugin().close();
          return true;
        });
    calls.close();
    loader.close();
  }
}
