package dev.segue.server.plugins;

import dev.segue.runtime.SharedClassLoader;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntSupplier;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/** Loads a plugin's own classes first, the shared ones from the server, and no others. */
final class IsolatedClassLoader extends PluginClassLoader {

  static {
    ClassLoader.registerAsParallelCapable();
  }

  IsolatedClassLoader(
      PluginManager manager, PluginDescriptor descriptor, SharedClassLoader shared) {
    super(manager, descriptor, shared, ClassLoadingStrategy.PDA);
  }

  @Override
  protected boolean shouldDelegateToParent(String className) {
    return SharedClassLoader.isShared(className);
  }

  /**
   * Takes off the JDBC drivers that the plugin registered, which would keep this loader in memory.
   * {@link java.sql.DriverManager} lets only classes of the same loader do that, so the class that
   * does it is defined in this one.
   *
   * @return how many there were
   */
  int deregisterDrivers() {
    String name = DriverCleanup.class.getName();
    try (InputStream in = DriverCleanup.class.getResourceAsStream("DriverCleanup.class")) {
      if (in == null) {
        throw new IllegalStateException(name + " is not among the server's classes");
      }
      byte[] bytes = in.readAllBytes();
      Class<?> inside = defineClass(name, bytes, 0, bytes.length);
      return ((IntSupplier) inside.getConstructor().newInstance()).getAsInt();
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException("could not take off the plugin's JDBC drivers", e);
    }
  }
}
