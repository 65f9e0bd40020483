package dev.segue.bpmn.engine;

import static org.awaitility.Awaitility.await;

import dev.segue.bpmn.engine.zeebe.EngineSettings;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a broker that isn't ours: started plainly, reached by its address. */
final class ExternalEngineIT extends EngineContract {

  private static final ZeebeRecords RECORDS = new ZeebeRecords();
  private static Process broker;
  private static Engine engine;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    List<Integer> ports = freePorts(5);
    broker = startBroker(folder, ports);
    EngineSettings settings =
        EngineSettings.of(
            "zeebe://127.0.0.1:" + ports.get(0), URI.create("http://127.0.0.1:" + ports.get(1)));
    engine = ZeebeEngine.connect(settings);
    await("the external broker")
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(EngineException.class)
        .until(() -> engine.topology().ready());
  }

  private static Process startBroker(Path folder, List<Integer> ports) throws IOException {
    Map<String, String> settings = new TreeMap<>(ZeebeRecords.BROKER_PROPERTIES);
    settings.put("zeebe.broker.network.host", "127.0.0.1");
    settings.put("zeebe.broker.gateway.network.host", "127.0.0.1");
    settings.put("zeebe.broker.gateway.network.port", "" + ports.get(0));
    settings.put("server.address", "127.0.0.1");
    settings.put("server.port", "" + ports.get(1));
    settings.put("management.server.port", "" + ports.get(2));
    settings.put("zeebe.broker.network.commandApi.port", "" + ports.get(3));
    settings.put("zeebe.broker.network.internalApi.port", "" + ports.get(4));
    settings.put("zeebe.broker.data.directory", folder.resolve("data").toString());
    settings.put("zeebe.broker.data.logSegmentSize", "16MB");
    settings.put("zeebe.broker.data.disk.freeSpace.processing", "512MB");
    settings.put("zeebe.broker.data.disk.freeSpace.replication", "256MB");
    settings.put("zeebe.broker.experimental.rocksdb.memoryLimit", "64MB");
    settings.put("zeebe.broker.cluster.partitionsCount", "2");

    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-Dapp.home=" + folder));
    settings.forEach((name, value) -> line.add("-D" + name + "=" + value));
    String distribution = System.getProperty("segue.zeebe.home");
    line.add("-cp");
    line.add(distribution + "/config" + File.pathSeparator + distribution + "/lib/*");
    line.add("io.camunda.zeebe.broker.StandaloneBroker");
    Process started =
        new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true).start();
    Thread.ofPlatform().daemon().start(() -> read(started.inputReader()));
    return started;
  }

  private static void read(BufferedReader output) {
    output.lines().forEach(RECORDS::accept);
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
    for (ServerSocket socket : held) {
      socket.close();
    }
    return ports;
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (engine != null) {
      engine.close();
    }
    if (broker != null) {
      broker.destroyForcibly().waitFor();
    }
  }

  @Override
  Engine engine() {
    return engine;
  }

  @Override
  ZeebeRecords records() {
    return RECORDS;
  }
}
