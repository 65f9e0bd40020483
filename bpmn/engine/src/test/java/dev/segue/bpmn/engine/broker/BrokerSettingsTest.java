package dev.segue.bpmn.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.segue.bpmn.engine.Secret;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerSettingsTest {

  @TempDir private Path folder;

  @Test
  void theDefaultsAreThoseOfAnEmbeddedBroker() {
    BrokerSettings settings = BrokerSettings.of(Path.of("/dist"), Path.of("/home/zeebe"));

    assertThat(settings.gatewayPort()).isZero();
    assertThat(settings.partitions()).isEqualTo(2);
    assertThat(settings.heapMegabytes()).isEqualTo(384);
    assertThat(settings.exporter()).isNull();
    assertThat(settings.aotCache()).isNull();
    assertThat(settings.quickStart()).isFalse();
    assertThat(settings.readyLimit()).isEqualTo(Duration.ofSeconds(120));
    assertThat(settings.properties()).isEmpty();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    BrokerSettings settings = BrokerSettings.of(Path.of("/dist"), Path.of("/home/zeebe"));

    assertThatIllegalArgumentException().isThrownBy(() -> settings.withGatewayPort(70_000));
    assertThatIllegalArgumentException().isThrownBy(() -> settings.withHeapMegabytes(64));
  }

  @Test
  void secretsGoByStandardInputAndFilesAreTheOwnersAlone() throws Exception {
    BrokerSettings settings = withExporter();
    BrokerFiles files = new BrokerFiles(settings);
    files.write(new BrokerPorts(1, 2, 3, 4, 5));

    String written = Files.readString(files.properties());
    Properties secrets = new Properties();
    secrets.load(new StringReader(new String(files.secrets(), StandardCharsets.UTF_8)));

    assertThat(written)
        .contains("zeebe.broker.gateway.network.port=1")
        .contains("zeebe.broker.exporters.history.args.batchSize=2000")
        .doesNotContain("hunter2");
    assertThat(secrets)
        .isEqualTo(Map.of("zeebe.broker.exporters.history.args.password", "hunter2"));
    assertThat(settings.toString()).doesNotContain("hunter2");
    for (Path file : new Path[] {files.properties(), files.logging(), files.launcher()}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void anUnchangedLauncherKeepsItsTimeForTheAotCache() throws Exception {
    BrokerFiles files = new BrokerFiles(withExporter());
    files.write(new BrokerPorts(1, 2, 3, 4, 5));
    Object inode = Files.getAttribute(files.launcher(), "unix:ino");
    files.write(new BrokerPorts(6, 7, 8, 9, 10));

    assertThat(Files.getAttribute(files.launcher(), "unix:ino")).isEqualTo(inode);
  }

  private BrokerSettings withExporter() throws IOException {
    Files.createDirectories(folder.resolve("dist/lib"));
    return BrokerSettings.of(folder.resolve("dist"), folder.resolve("zeebe"))
        .withExporter(
            new BrokerExporter(
                "history",
                "some.Exporter",
                folder.resolve("exporter.jar"),
                Map.of("batchSize", "2000"),
                Map.of("password", Secret.of("hunter2"))));
  }
}
