package dev.segue.bpmn.engine.broker;

import dev.segue.bpmn.engine.EngineException;
import dev.segue.bpmn.engine.Topology;
import dev.segue.bpmn.engine.zeebe.EngineSettings;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Waits until a broker serves commands. Zeebe's own readiness probe answers yes before the
 * partitions have leaders, so this asks for the topology.
 */
final class Readiness {

  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int CONNECT_MILLIS = 500;
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private final EngineSettings engine;
  private final int partitions;
  private final Consumer<String> progress;

  Readiness(EngineSettings engine, int partitions, Consumer<String> progress) {
    this.engine = engine;
    this.partitions = partitions;
    this.progress = progress;
  }

  /**
   * Waits.
   *
   * @param goOn asked now and then; false ends the wait
   * @return whether the broker is ready; false if time is up or {@code goOn} said no
   */
  boolean await(Duration limit, BooleanSupplier goOn) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    long nextWord = System.nanoTime() + PROGRESS_EVERY.toNanos();
    try (ZeebeEngine probe =
        ZeebeEngine.connect(engine.withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)))) {
      while (System.nanoTime() < end && goOn.getAsBoolean()) {
        String missing = gatewayOpen() ? missing(probe) : "its gateway to open";
        if (missing.isEmpty()) {
          return true;
        }
        if (System.nanoTime() > nextWord) {
          progress.accept("the broker starts; waiting for " + missing);
          nextWord += PROGRESS_EVERY.toNanos();
        }
        Thread.sleep(PAUSE);
      }
    }
    return false;
  }

  private boolean gatewayOpen() {
    // Without a listener the client would fall into its reconnect pauses and miss the moment.
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), engine.grpcAddress().getPort()),
          CONNECT_MILLIS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private String missing(ZeebeEngine probe) {
    try {
      Topology topology = probe.topology();
      long ready = topology.partitions().stream().filter(Topology.Partition::ready).count();
      return ready >= partitions
          ? ""
          : "partitions: %d of %d are ready".formatted(ready, partitions);
    } catch (EngineException notYet) {
      return "its gateway to answer";
    }
  }
}
