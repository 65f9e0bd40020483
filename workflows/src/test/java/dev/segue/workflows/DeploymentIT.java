package dev.segue.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.bpmn.engine.Deployment;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.broker.BrokerListener;
import dev.segue.bpmn.engine.broker.BrokerSettings;
import dev.segue.bpmn.engine.broker.EmbeddedBroker;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real engine takes every shipped package as it is. */
class DeploymentIT {

  @Test
  void theEngineTakesEveryPackage(@TempDir Path folder) throws Exception {
    BrokerSettings settings =
        BrokerSettings.of(Path.of(System.getProperty("segue.zeebe.home")), folder.resolve("zeebe"))
            .withQuickStart();
    try (EmbeddedBroker broker = EmbeddedBroker.start(settings, BrokerListener.NONE);
        ZeebeEngine engine = ZeebeEngine.connect(broker.engineSettings())) {
      for (Path shipped : Shipped.packages()) {
        List<Resource> resources =
            Shipped.files(shipped, ".bpmn", ".form", ".dmn").stream()
                .map(file -> Resource.of(file.getFileName().toString(), Shipped.read(file)))
                .toList();
        Deployment deployment = engine.deploy(resources);
        assertThat(deployment.processes())
            .extracting(Deployment.Process::bpmnProcessId)
            .contains(shipped.getFileName().toString());
      }
    }
  }
}
