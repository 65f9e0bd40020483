package dev.segue.bpmn.engine.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an embedded broker is started with.
 *
 * @param distribution the unpacked Zeebe distribution: the folder that has {@code lib}
 * @param folder the broker's own folder, made if absent: data, configuration and lock
 * @param gatewayPort loopback port of the gateway; 0 for a free one
 * @param partitions fixed when the folder is first used; it can't be lowered later
 * @param heapMegabytes the broker's heap; beside it it takes about 300 MB
 * @param exporter null for none
 * @param aotCache a file made by {@link AotCache#create}, used if it exists; null for none
 * @param quickStart starts faster but works slower: for tests and short trials only
 * @param readyLimit how long a start may take
 * @param properties further properties of the broker, which win over ours
 */
public record BrokerSettings(
    Path distribution,
    Path folder,
    int gatewayPort,
    int partitions,
    int heapMegabytes,
    @Nullable BrokerExporter exporter,
    @Nullable Path aotCache,
    boolean quickStart,
    Duration readyLimit,
    Map<String, String> properties) {

  /** The port at which Camunda's Modeler expects a gateway. */
  public static final int OPEN_GATEWAY_PORT = 26500;

  public BrokerSettings {
    if (gatewayPort < 0 || gatewayPort > 65_535) {
      throw new IllegalArgumentException("gatewayPort must be 0 to 65535: " + gatewayPort);
    }
    if (partitions < 1 || partitions > 64) {
      throw new IllegalArgumentException("partitions must be 1 to 64: " + partitions);
    }
    if (heapMegabytes < 128) {
      throw new IllegalArgumentException("heapMegabytes must be 128 or more: " + heapMegabytes);
    }
    if (!readyLimit.isPositive()) {
      throw new IllegalArgumentException("readyLimit must be positive: " + readyLimit);
    }
    distribution = distribution.toAbsolutePath().normalize();
    folder = folder.toAbsolutePath().normalize();
    aotCache = aotCache == null ? null : aotCache.toAbsolutePath().normalize();
    properties = Map.copyOf(properties);
  }

  /** A broker with two partitions on free ports, without an exporter. */
  public static BrokerSettings of(Path distribution, Path folder) {
    return new BrokerSettings(
        distribution, folder, 0, 2, 384, null, null, false, Duration.ofSeconds(120), Map.of());
  }

  /** These settings with a fixed gateway port. */
  public BrokerSettings withGatewayPort(int port) {
    return new BrokerSettings(
        distribution,
        folder,
        port,
        partitions,
        heapMegabytes,
        exporter,
        aotCache,
        quickStart,
        readyLimit,
        properties);
  }

  /** These settings with another heap. */
  public BrokerSettings withHeapMegabytes(int megabytes) {
    return new BrokerSettings(
        distribution,
        folder,
        gatewayPort,
        partitions,
        megabytes,
        exporter,
        aotCache,
        quickStart,
        readyLimit,
        properties);
  }

  /** These settings with an exporter. */
  public BrokerSettings withExporter(BrokerExporter loaded) {
    return new BrokerSettings(
        distribution,
        folder,
        gatewayPort,
        partitions,
        heapMegabytes,
        loaded,
        aotCache,
        quickStart,
        readyLimit,
        properties);
  }

  /** These settings with a cache that speeds up the start. */
  public BrokerSettings withAotCache(@Nullable Path file) {
    return new BrokerSettings(
        distribution,
        folder,
        gatewayPort,
        partitions,
        heapMegabytes,
        exporter,
        file,
        quickStart,
        readyLimit,
        properties);
  }

  /** These settings with a start that is fast at the cost of later work. */
  public BrokerSettings withQuickStart() {
    return new BrokerSettings(
        distribution,
        folder,
        gatewayPort,
        partitions,
        heapMegabytes,
        exporter,
        aotCache,
        true,
        readyLimit,
        properties);
  }

  /** These settings with a further property of the broker. */
  public BrokerSettings withProperty(String name, String value) {
    Map<String, String> more = new HashMap<>(properties);
    more.put(name, value);
    return new BrokerSettings(
        distribution,
        folder,
        gatewayPort,
        partitions,
        heapMegabytes,
        exporter,
        aotCache,
        quickStart,
        readyLimit,
        more);
  }
}
