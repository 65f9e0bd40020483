package dev.segue.bpmn.engine.broker;

import dev.segue.bpmn.engine.launcher.BrokerLauncher;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run of the broker's process. */
final class BrokerProcess {

  private static final int UNSAFE_FLAG_SINCE = 23;
  private static final int AOT_CACHE_SINCE = 25;

  private final Process process;
  private final Thread logReader;
  private final BrokerLog log;

  private BrokerProcess(Process process, Thread logReader, BrokerLog log) {
    this.process = process;
    this.logReader = logReader;
    this.log = log;
  }

  /** Starts the process on files that are written. */
  static BrokerProcess start(BrokerSettings settings, BrokerFiles files, List<String> javaOptions)
      throws BrokerException {
    try {
      Process process =
          new ProcessBuilder(commandLine(settings, files, javaOptions))
              .directory(settings.folder().toFile())
              .redirectErrorStream(true)
              .start();
      BrokerLog log =
          new BrokerLog(
              settings.exporter() == null ? List.of() : settings.exporter().secrets().values());
      Thread reader = log.pump(process.getInputStream());
      hand(files.secrets(), process);
      return new BrokerProcess(process, reader, log);
    } catch (IOException failure) {
      throw new BrokerException(
          BrokerException.Reason.START_FAILED,
          "the broker's process can't be started: " + failure.getMessage(),
          failure);
    }
  }

  private static void hand(byte[] secrets, Process process) {
    // Left open: to the child, the end of this stream is the end of its parent.
    DataOutputStream input = new DataOutputStream(process.getOutputStream());
    try {
      input.writeInt(secrets.length);
      input.write(secrets);
      input.flush();
    } catch (IOException ended) {
      // The child is gone already; its exit code says why.
      process.destroy();
    }
  }

  private static List<String> commandLine(
      BrokerSettings settings, BrokerFiles files, List<String> javaOptions) {
    int java = Runtime.version().feature();
    Path home = Path.of(System.getProperty("java.home"));
    List<String> line = new ArrayList<>();
    line.add(home.resolve("bin").resolve("java").toString());
    line.add("-Xmx" + settings.heapMegabytes() + "m");
    line.add("-XX:+UseParallelGC");
    line.add("-XX:+ExitOnOutOfMemoryError");
    line.add("-Dfile.encoding=UTF-8");
    line.add("--enable-native-access=ALL-UNNAMED");
    if (java >= UNSAFE_FLAG_SINCE) {
      line.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (settings.quickStart()) {
      line.add("-XX:TieredStopAtLevel=1");
    }
    if (settings.aotCache() != null
        && java >= AOT_CACHE_SINCE
        && Files.isReadable(settings.aotCache())) {
      line.add("-XX:AOTCache=" + settings.aotCache());
      line.add("-Xlog:aot*=error");
    }
    line.addAll(javaOptions);
    line.add("-Dlog4j.configurationFile=" + files.logging());
    line.add("-Dbasedir=" + settings.folder());
    line.add("-Dspring.config.additional-location=" + files.properties().toUri());
    line.add("-cp");
    line.add(
        files.launcher()
            + File.pathSeparator
            + settings.distribution().resolve("lib")
            + File.separator
            + "*");
    line.add(BrokerLauncher.class.getName());
    line.add(settings.folder().toString());
    return line;
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Whether it ended because another broker holds the folder. */
  boolean endedByLock() {
    return !process.isAlive() && process.exitValue() == BrokerLauncher.LOCKED;
  }

  boolean endedByPort() {
    return !process.isAlive() && log.addressInUse();
  }

  /** Completes when the process has ended and all of its output is read. */
  CompletableFuture<Integer> end() {
    return process.onExit().thenApply(this::exitCode);
  }

  private int exitCode(Process ended) {
    try {
      logReader.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return ended.exitValue();
  }

  String logTail() {
    return log.tail();
  }

  /** Ends the process: orderly if it does so within the limit, else by force. */
  void stop(Duration limit) {
    // By its handle: Process.destroy would close the pipes, and with them the log of its last
    // deeds.
    process.toHandle().destroy();
    boolean interrupted = false;
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException impatient) {
      interrupted = true;
    }
    process.destroyForcibly();
    process.onExit().join();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
