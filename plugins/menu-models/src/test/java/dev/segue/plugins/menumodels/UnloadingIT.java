package dev.segue.plugins.menumodels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.plugins.menumodels.demand.MadeUpSales;
import dev.segue.plugins.menumodels.demand.Sale;
import java.io.File;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native library may be loaded by several versions of the plugin, and goes with each. */
class UnloadingIT {

  private static final String SHARED = "dev.segue.sdk.";

  @TempDir private Path folder;

  @Test
  void twoVersionsWorkAtOnceAndAreCollectedAfterwards() throws Exception {
    StringBuilder sales = new StringBuilder("date,product_group,revenue\n");
    for (Sale sale : MadeUpSales.sales(120, 1)) {
      sales.append(sale.day()).append(",x,").append(sale.quantity()).append('\n');
    }
    Files.writeString(folder.resolve("sales.csv"), sales);

    List<WeakReference<ClassLoader>> loaders = trainInTwoLoaders();

    dropSoftReferences();
    await()
        .atMost(Duration.ofMinutes(2))
        .pollDelay(Duration.ZERO)
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loaders).allMatch(loader -> loader.refersTo(null));
            });
  }

  /** The JDK keeps the last record type that was compared, until memory runs short. */
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

  private List<WeakReference<ClassLoader>> trainInTwoLoaders() throws Exception {
    try (URLClassLoader first = loader();
        URLClassLoader second = loader()) {
      train(first);
      train(second);
      train(first);
      return List.of(new WeakReference<>(first), new WeakReference<>(second));
    }
  }

  private void train(ClassLoader loader) throws Exception {
    Class<?> command = loader.loadClass("dev.segue.plugins.menumodels.EvaluateDemand");
    assertThat(command.getClassLoader()).isSameAs(loader);
    Method run =
        command.getDeclaredMethod("run", String[].class, PrintStream.class, PrintStream.class);
    run.setAccessible(true);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    String[] arguments = {folder.toString(), "--test-days", "14", "--retrain-days", "14"};
    assertThat(run.invoke(null, arguments, nowhere, nowhere)).isEqualTo(0);
  }

  private static URLClassLoader loader() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.contains("slf4j-api")) {
        urls.add(Path.of(entry).toUri().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), new HostLoader());
  }

  /** Shows what a host shares with its plugins. */
  private static final class HostLoader extends ClassLoader {

    HostLoader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(SHARED) || name.startsWith("org.slf4j.")) {
        return UnloadingIT.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
