package dev.segue.server.plugins;

/**
 * What the plugins' calls of {@code System.exit} and {@code Runtime.halt} lead to. Public, and free
 * of any type but the JDK's, because it is defined anew in each plugin's loader.
 */
public final class ExitRefusal {

  private ExitRefusal() {}

  /** In place of {@code System.exit(status)}. */
  public static void exit(int status) {
    throw refused("System.exit", status);
  }

  /** In place of {@code runtime.exit(status)}. */
  public static void exit(Runtime runtime, int status) {
    throw refused("Runtime.exit", status);
  }

  /** In place of {@code runtime.halt(status)}. */
  public static void halt(Runtime runtime, int status) {
    throw refused("Runtime.halt", status);
  }

  private static Error refused(String method, int status) {
    return new Error(
        "the plugin "
            + ExitRefusal.class.getClassLoader().getName()
            + " called "
            + method
            + "("
            + status
            + "), which would end the server; throw an exception instead");
  }
}
