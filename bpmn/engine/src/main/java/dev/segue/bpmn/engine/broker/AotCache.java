package dev.segue.bpmn.engine.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The JVM's ahead-of-time cache for the broker: a file of about 120 MB that cuts the start from six
 * seconds to two and a half. It fits one JVM and one distribution, so it is made on the machine
 * that uses it; where it doesn't fit, the JVM starts without it.
 */
public final class AotCache {

  /** How the name of the folder begins on which the cache is made; in its broker's command line. */
  public static final String TRAINING = "zeebe-training-";

  private static final int SINCE_JAVA = 25;
  private static final Duration DUMP_LIMIT = Duration.ofMinutes(3);

  private AotCache() {}

  /** Whether this JVM can make and use such a cache. */
  public static boolean supported() {
    return Runtime.version().feature() >= SINCE_JAVA;
  }

  /** The file in the folder that fits this JVM and the distribution. It need not exist. */
  public static Path file(Path folder, Path distribution) {
    String name =
        "%s-java-%s-%s.aot"
            .formatted(
                distribution.getFileName(), Runtime.version(), System.getProperty("os.arch"));
    return folder.resolve(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_"));
  }

  /**
   * Makes the cache by starting and stopping a broker on a temporary folder, which takes about half
   * a minute of both cores. Other brokers may run meanwhile. Does nothing if the file exists.
   *
   * @param file where to put the cache; its folder must exist
   * @throws BrokerException if the broker doesn't start, or the JVM makes no cache
   */
  public static void create(Path distribution, Path file)
      throws BrokerException, InterruptedException, IOException {
    if (Files.exists(file)) {
      return;
    }
    Path folder = Files.createTempDirectory(file.getParent(), TRAINING);
    try {
      Path fresh = folder.resolve("fresh.aot");
      EmbeddedBroker training =
          EmbeddedBroker.start(
              BrokerSettings.of(distribution, folder).withAotCache(file),
              BrokerListener.NONE,
              List.of("-XX:AOTCacheOutput=" + fresh, "-Xlog:aot*=error"),
              Duration.ZERO);
      training.stop(DUMP_LIMIT);
      if (!Files.exists(fresh)) {
        throw new BrokerException(
            BrokerException.Reason.FILES,
            "the JVM made no AOT cache; the broker's last words:%n%s".formatted(training.logTail()),
            null);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
