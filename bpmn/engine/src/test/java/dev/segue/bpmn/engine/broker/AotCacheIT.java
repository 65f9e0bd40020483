package dev.segue.bpmn.engine.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVM keeps for the broker's next start. */
final class AotCacheIT {

  private static final Path DISTRIBUTION = Path.of(System.getProperty("segue.zeebe.home"));

  @TempDir private Path folder;

  @Test
  void aCacheOfTheJvmServesTheNextStartAndADamagedOneDoesNoHarm() throws Exception {
    assumeTrue(AotCache.supported(), "AOT caches need Java 25");
    Path cache = AotCache.file(folder, DISTRIBUTION);
    BrokerSettings settings = BrokerSettings.of(DISTRIBUTION, folder.resolve("zeebe"));
    AotCache.create(DISTRIBUTION, cache);
    assertThat(cache).exists();

    try (EmbeddedBroker broker =
        EmbeddedBroker.start(settings.withAotCache(cache), BrokerListener.NONE)) {
      assertThat(broker.state()).isEqualTo(BrokerState.READY);
    }
    Files.writeString(cache, "damaged");
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(settings.withQuickStart().withAotCache(cache), BrokerListener.NONE)) {
      assertThat(broker.state()).isEqualTo(BrokerState.READY);
    }
  }
}
