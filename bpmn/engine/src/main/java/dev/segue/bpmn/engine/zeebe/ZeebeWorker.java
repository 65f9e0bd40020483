package dev.segue.bpmn.engine.zeebe;

import dev.segue.bpmn.engine.StepWorker;
import io.camunda.client.api.worker.JobWorker;

/** A worker of Camunda's client as the port sees it. */
record ZeebeWorker(String jobType, JobWorker worker) implements StepWorker {

  @Override
  public boolean isOpen() {
    return worker.isOpen();
  }

  @Override
  public void close() {
    worker.close();
  }
}
