package dev.segue.bpmn.engine.broker;

import dev.segue.bpmn.engine.launcher.BrokerLauncher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** What lies in a broker's folder, and what goes to it by standard input. */
final class BrokerFiles {

  /** A fixed time (1980-02-01): a jar that changes invalidates the AOT cache. */
  private static final long JAR_ENTRY_MILLIS = 318_211_200_000L;

  private final BrokerSettings settings;

  BrokerFiles(BrokerSettings settings) {
    this.settings = settings;
  }

  Path properties() {
    return settings.folder().resolve("zeebe.properties");
  }

  Path logging() {
    return settings.folder().resolve("log4j2.xml");
  }

  /** Beside the AOT cache if there is one: the cache fits one class path only. */
  Path launcher() {
    Path cache = settings.aotCache();
    return cache != null
        ? cache.resolveSibling("segue-broker-launcher.jar")
        : settings.folder().resolve("launcher.jar");
  }

  /** Writes all files, readable by their owner alone. */
  void write(BrokerPorts ports) throws BrokerException {
    if (!Files.isDirectory(settings.distribution().resolve("lib"))) {
      throw new BrokerException(
          BrokerException.Reason.FILES,
          "%s is no Zeebe distribution: it has no folder 'lib'; unpack camunda-zeebe there"
              .formatted(settings.distribution()),
          null);
    }
    try {
      Files.createDirectories(
          settings.folder(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      write(properties(), text(configuration(ports)));
      write(logging(), resource("log4j2.xml"));
      write(launcher(), launcherJar());
    } catch (IOException failure) {
      throw new BrokerException(
          BrokerException.Reason.FILES,
          "the broker's folder %s can't be written (%s); check its owner, permissions and disk"
              .formatted(settings.folder(), failure),
          failure);
    }
  }

  /** The secrets in the form that the launcher reads. */
  byte[] secrets() {
    Map<String, String> secrets = new TreeMap<>();
    BrokerExporter exporter = settings.exporter();
    if (exporter != null) {
      exporter
          .secrets()
          .forEach((name, secret) -> secrets.put(argument(exporter, name), secret.reveal()));
    }
    return text(secrets);
  }

  private Map<String, String> configuration(BrokerPorts ports) {
    Map<String, String> p = new TreeMap<>();
    p.put("zeebe.broker.network.host", "127.0.0.1");
    p.put("zeebe.broker.network.commandApi.port", "" + ports.command());
    p.put("zeebe.broker.network.internalApi.port", "" + ports.internal());
    p.put("zeebe.broker.gateway.network.host", "127.0.0.1");
    p.put("zeebe.broker.gateway.network.port", "" + ports.gateway());
    p.put("server.address", "127.0.0.1");
    p.put("server.port", "" + ports.rest());
    p.put("management.server.address", "127.0.0.1");
    p.put("management.server.port", "" + ports.management());
    p.put("management.endpoints.web.exposure.include", "health,prometheus");
    p.put("spring.main.banner-mode", "off");
    p.put("zeebe.broker.data.directory", settings.folder().resolve("data").toString());
    p.put("zeebe.broker.data.logSegmentSize", "16MB");
    p.put("zeebe.broker.experimental.raft.preallocateSegmentFiles", "false");
    p.put("zeebe.broker.experimental.rocksdb.memoryLimit", "64MB");
    p.put("zeebe.broker.data.disk.freeSpace.processing", "512MB");
    p.put("zeebe.broker.data.disk.freeSpace.replication", "256MB");
    p.put("zeebe.broker.cluster.partitionsCount", "" + settings.partitions());
    p.put("zeebe.broker.threads.cpuThreadCount", "2");
    p.put("zeebe.broker.threads.ioThreadCount", "2");
    // Its latency target throttles a busy single machine to a fraction of what it can do.
    p.put("zeebe.broker.backpressure.enabled", "false");
    BrokerExporter exporter = settings.exporter();
    if (exporter != null) {
      String prefix = "zeebe.broker.exporters." + exporter.id();
      p.put(prefix + ".className", exporter.className());
      p.put(prefix + ".jarPath", exporter.jar().toAbsolutePath().toString());
      exporter.arguments().forEach((name, value) -> p.put(argument(exporter, name), value));
    }
    p.putAll(settings.properties());
    return p;
  }

  private static String argument(BrokerExporter exporter, String name) {
    return "zeebe.broker.exporters." + exporter.id() + ".args." + name;
  }

  private static byte[] text(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Path file, byte[] content) throws IOException {
    // An unchanged file keeps its time, by which the AOT cache recognises the launcher's jar.
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
      return;
    }
    Path fresh =
        Files.createTempFile(
            file.getParent(),
            file.getFileName().toString(),
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(BrokerFiles.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  /**
   * The launcher alone: an AOT cache wants jars on the class path, and our other code isn't due.
   */
  private static byte[] launcherJar() throws IOException {
    String entry = BrokerLauncher.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      JarEntry launcher = new JarEntry(entry);
      launcher.setTime(JAR_ENTRY_MILLIS);
      jar.putNextEntry(launcher);
      jar.write(resource("/" + entry));
    }
    return bytes.toByteArray();
  }
}
