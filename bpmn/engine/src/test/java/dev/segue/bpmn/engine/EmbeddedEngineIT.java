package dev.segue.bpmn.engine;

import dev.segue.bpmn.engine.broker.BrokerListener;
import dev.segue.bpmn.engine.broker.BrokerSettings;
import dev.segue.bpmn.engine.broker.EmbeddedBroker;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract on the embedded broker. */
final class EmbeddedEngineIT extends EngineContract {

  private static ZeebeRecords records;
  private static EmbeddedBroker broker;
  private static Engine engine;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    records = ZeebeRecords.ofEmbeddedBroker();
    BrokerSettings settings =
        BrokerSettings.of(Path.of(System.getProperty("segue.zeebe.home")), folder.resolve("zeebe"))
            .withQuickStart();
    for (Map.Entry<String, String> property : ZeebeRecords.BROKER_PROPERTIES.entrySet()) {
      settings = settings.withProperty(property.getKey(), property.getValue());
    }
    broker = EmbeddedBroker.start(settings, BrokerListener.NONE);
    engine = ZeebeEngine.connect(broker.engineSettings());
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
    if (broker != null) {
      broker.close();
    }
    records.close();
  }

  @Override
  Engine engine() {
    return engine;
  }

  @Override
  ZeebeRecords records() {
    return records;
  }
}
