package dev.segue.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.SharedClassLoader;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Loads a plugin once more, in a class loader of its own as the server does, uses it, closes it,
 * and demands that nothing of it stays.
 */
final class Unloading {

  /** For threads that were told to end and still do. */
  private static final Duration THREADS_LIMIT = Duration.ofSeconds(3);

  private static final Duration LOADER_LIMIT = Duration.ofSeconds(4);
  private static final long MOST_HEAP_TO_FILL = 4L << 30;

  /** What is done with the plugin. */
  interface Use {
    void by(TestHost host) throws Exception;
  }

  private Unloading() {}

  static void check(TestHost original, Use use) throws Exception {
    WeakReference<ClassLoader> loader = useOnce(original, use);
    boolean gone = isCollected(loader);
    if (!gone && Runtime.getRuntime().maxMemory() <= MOST_HEAP_TO_FILL) {
      dropSoftReferences();
      gone = isCollected(loader);
    }
    assertThat(gone)
        .as(
            "the plugin's class loader is collected after close(). Something outside the plugin"
                + " still holds one of its classes: look for listeners, shutdown hooks, timers,"
                + " JDBC drivers, ThreadLocals and caches of libraries that close() leaves behind")
        .isTrue();
  }

  private static WeakReference<ClassLoader> useOnce(TestHost original, Use use) throws Exception {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    try (URLClassLoader loader = loader(original.plugin().plugin().getClass())) {
      try (TestHost host = original.reloaded(loader)) {
        use.by(host);
      }
      checkThreads(before, loader);
      return new WeakReference<>(loader);
    }
  }

  private static void checkThreads(Set<Thread> before, ClassLoader loader)
      throws InterruptedException {
    long until = System.nanoTime() + THREADS_LIMIT.toNanos();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      boolean ofPlugin =
          thread.getContextClassLoader() == loader || thread.getClass().getClassLoader() == loader;
      if (ofPlugin && !before.contains(thread)) {
        thread.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        assertThat(thread.isAlive())
            .as(
                "the thread '%s', which the plugin started, is alive after close(). Its stack: %s",
                thread.getName(), List.of(thread.getStackTrace()))
            .isFalse();
      }
    }
  }

  private static boolean isCollected(WeakReference<ClassLoader> loader)
      throws InterruptedException {
    long until = System.nanoTime() + LOADER_LIMIT.toNanos();
    while (!loader.refersTo(null) && System.nanoTime() < until) {
      System.gc();
      Thread.sleep(50);
    }
    return loader.refersTo(null);
  }

  /** The JDK keeps classes softly here and there, such as the records it compared last. */
  private static void dropSoftReferences() {
    List<byte[]> hoard = new ArrayList<>();
    try {
      while (true) {
        hoard.add(new byte[16 << 20]);
      }
    } catch (OutOfMemoryError e) {
      hoard.clear();
    }
  }

  /** The plugin's classes, and the libraries among all that the test has. */
  private static URLClassLoader loader(Class<?> plugin) throws IOException {
    List<URL> path = new ArrayList<>();
    CodeSource source = plugin.getProtectionDomain().getCodeSource();
    if (source != null) {
      path.add(source.getLocation());
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(url(entry));
    }
    return new URLClassLoader(
        path.toArray(URL[]::new), new SharedClassLoader(Unloading.class.getClassLoader()));
  }

  private static URL url(String entry) throws MalformedURLException {
    return Path.of(entry).toUri().toURL();
  }
}
