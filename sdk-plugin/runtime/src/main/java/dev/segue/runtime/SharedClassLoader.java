package dev.segue.runtime;

/**
 * The parent of every plugin's class loader: shows the SDK, SLF4J and the JDK, and nothing else of
 * the host. Whatever else a plugin needs, it brings with it.
 */
public final class SharedClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader host;

  /**
   * Makes a loader.
   *
   * @param host the loader that knows the SDK and SLF4J
   */
  public SharedClassLoader(ClassLoader host) {
    super("segue-shared", ClassLoader.getPlatformClassLoader());
    this.host = host;
  }

  /**
   * Tells whether a class always comes from the host, even if a plugin brings one of that name.
   *
   * @param className the binary name
   * @return true for classes of the SDK and of SLF4J's API
   */
  public static boolean isShared(String className) {
    return className.startsWith("dev.segue.sdk.") || className.startsWith("org.slf4j.");
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isShared(name)) {
      return host.loadClass(name);
    }
    throw new ClassNotFoundException(
        name
            + ": a plugin sees only the SDK, SLF4J and the JDK; it has to bring this class itself");
  }
}
