package dev.segue.bpmn.engine.broker;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.Resource;
import dev.segue.bpmn.engine.zeebe.ZeebeEngine;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that holds a broker until it is killed; prints the broker's process id. */
final class BrokerParent {

  private BrokerParent() {}

  /**
   * @param args the distribution and the broker's folder
   */
  public static void main(String[] args) throws Exception {
    EmbeddedBroker broker =
        EmbeddedBroker.start(
            BrokerSettings.of(Path.of(args[0]), Path.of(args[1])).withQuickStart(),
            BrokerListener.NONE);
    try (Engine engine = ZeebeEngine.connect(broker.engineSettings())) {
      engine.deploy(
          List.of(
              Resource.of(
                  "work.bpmn",
                  Bpmn.convertToString(
                      Bpmn.createExecutableProcess("work").startEvent().endEvent().done()))));
      System.out.println("pid " + broker.pid());
      new CountDownLatch(1).await();
    }
  }
}
