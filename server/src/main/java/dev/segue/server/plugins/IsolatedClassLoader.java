package dev.segue.server.plugins;

import dev.segue.runtime.SharedClassLoader;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.pf4j.ClassLoadingStrategy;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * Loads a plugin's own classes first, the shared ones from the server, and no others. Calls that
 * would end the JVM are rewritten on the way. Its name says whose it is: {@code bakery@1.4.0}.
 */
final class IsolatedClassLoader extends PluginClassLoader {

  static {
    ClassLoader.registerAsParallelCapable();
  }

  private static final String REFUSAL = ExitRefusal.class.getName();

  private final String label;

  IsolatedClassLoader(
      PluginManager manager, PluginDescriptor descriptor, SharedClassLoader shared) {
    super(manager, descriptor, shared, ClassLoadingStrategy.PDA);
    this.label = descriptor.getPluginId() + "@" + descriptor.getVersion();
  }

  @Override
  public String getName() {
    return label;
  }

  @Override
  protected boolean shouldDelegateToParent(String className) {
    return SharedClassLoader.isShared(className);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.equals(REFUSAL)) {
      return defineServersOwn(ExitRefusal.class);
    }
    URL place = findResource(name.replace('.', '/') + ".class");
    if (place != null) {
      try {
        Optional<byte[]> rewritten = ExitCalls.rewrite(bytes(place));
        if (rewritten.isPresent()) {
          return define(name, rewritten.get(), place);
        }
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return super.findClass(name);
  }

  /** By way of the stream that this loader keeps track of, so that closing it frees the jar. */
  private byte[] bytes(URL place) throws IOException {
    URLConnection connection = place.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private Class<?> define(String name, byte[] bytes, URL place) throws IOException {
    int end = name.lastIndexOf('.');
    if (end > 0 && getDefinedPackage(name.substring(0, end)) == null) {
      try {
        definePackage(name.substring(0, end), null, null, null, null, null, null, null);
      } catch (IllegalArgumentException definedMeanwhile) {
        // Another thread loads a class of the same package.
      }
    }
    URL source =
        place.openConnection() instanceof JarURLConnection jar ? jar.getJarFileURL() : place;
    CodeSource code = new CodeSource(source, (Certificate[]) null);
    return defineClass(name, bytes, 0, bytes.length, new ProtectionDomain(code, null, this, null));
  }

  /** Defines a class of the server anew in this loader. */
  private Class<?> defineServersOwn(Class<?> type) {
    String file = type.getSimpleName() + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(type.getName() + " is not among the server's classes");
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(type.getName(), bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new IllegalStateException("could not read " + type.getName(), e);
    }
  }

  /**
   * Takes off the JDBC drivers that the plugin registered, which would keep this loader in memory.
   * {@link java.sql.DriverManager} lets only classes of the same loader do that, so the class that
   * does it is defined in this one.
   *
   * @return how many there were
   */
  int deregisterDrivers() {
    try {
      Class<?> inside = defineServersOwn(DriverCleanup.class);
      return ((IntSupplier) inside.getConstructor().newInstance()).getAsInt();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("could not take off the plugin's JDBC drivers", e);
    }
  }

  /** Whether this loader itself has defined a class of that name. */
  boolean hasDefined(String className) {
    Class<?> type = findLoadedClass(className);
    return type != null && type.getClassLoader() == this;
  }
}
