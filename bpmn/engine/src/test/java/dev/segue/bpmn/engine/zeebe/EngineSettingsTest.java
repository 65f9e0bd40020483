package dev.segue.bpmn.engine.zeebe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.segue.bpmn.engine.Secret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineSettingsTest {

  @Test
  void aPlainAddressMeansZeebesOwnPortsWithoutTls() {
    EngineSettings settings = EngineSettings.of("zeebe://broker.example", null);

    assertThat(settings)
        .isEqualTo(
            new EngineSettings(
                URI.create("http://broker.example:26500"),
                URI.create("http://broker.example:8080"),
                new EngineSettings.Tls(null, null),
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30)));
  }

  @Test
  void aSecureAddressMeansTlsForBothDoors() {
    EngineSettings settings = EngineSettings.of("zeebes://broker.example:443", null);

    assertThat(settings.grpcAddress()).hasToString("https://broker.example:443");
    assertThat(settings.restAddress()).hasToString("https://broker.example:8080");
  }

  @Test
  void theRestAddressCanBeElsewhere() {
    URI rest = URI.create("https://rest.example/cluster-1");

    assertThat(EngineSettings.of("zeebes://broker.example", rest).restAddress()).isEqualTo(rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "broker:26500",
        "http://broker:26500",
        "zeebe://",
        "zeebe:broker",
        "zeebe://broker/path",
        "zeebe://user@broker",
        "zeebe://bro ker"
      })
  void anotherAddressIsRefusedByName(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EngineSettings.of(address, null))
        .withMessageContaining(address)
        .withMessageContaining("zeebe://host:port");
  }

  @Test
  void noSecretIsPrinted() {
    EngineSettings settings =
        EngineSettings.of("zeebes://broker", null)
            .withOAuth(
                new EngineSettings.OAuth(
                    URI.create("https://login.example/token"),
                    "segue",
                    Secret.of("hunter2"),
                    "zeebe",
                    null));

    assertThat(settings.toString()).contains("segue").doesNotContain("hunter2");
  }
}
