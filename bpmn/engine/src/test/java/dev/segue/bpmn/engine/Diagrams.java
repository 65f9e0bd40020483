package dev.segue.bpmn.engine;

import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.StartEventBuilder;

/** Small diagrams to run. */
final class Diagrams {

  private Diagrams() {}

  /** Start, one task for this job type, end. */
  static Resource oneTask(String processId, String jobType) {
    return file(
        processId,
        begin(processId)
            .serviceTask("work", t -> t.zeebeJobType(jobType).zeebeTaskHeader("colour", "green"))
            .endEvent("done")
            .done());
  }

  /** Two tasks in sequence, of job types {@code <processId>-first} and {@code -second}. */
  static Resource twoTasks(String processId) {
    return file(
        processId,
        begin(processId)
            .serviceTask("first", t -> t.zeebeJobType(processId + "-first"))
            .serviceTask("second", t -> t.zeebeJobType(processId + "-second"))
            .endEvent("done")
            .done());
  }

  /** A task whose error SOLD_OUT leads to a second task. */
  static Resource withErrorPath(String processId) {
    return file(
        processId,
        begin(processId)
            .serviceTask("order", t -> t.zeebeJobType(processId + "-order"))
            .boundaryEvent("sold-out")
            .error("SOLD_OUT")
            .zeebeOutputExpression("wanted", "missing")
            .serviceTask("substitute", t -> t.zeebeJobType(processId + "-substitute"))
            .endEvent()
            .moveToActivity("order")
            .endEvent()
            .done());
  }

  /** A native user task, then a service task of job type {@code <processId>-after}. */
  static Resource withApproval(String processId) {
    return file(
        processId,
        begin(processId)
            .userTask("approve", t -> t.zeebeUserTask().zeebeCandidateGroups("managers"))
            .serviceTask("after", t -> t.zeebeJobType(processId + "-after"))
            .endEvent()
            .done());
  }

  /** Waits for message {@code <processId>-paid} with key {@code =order}, then a service task. */
  static Resource waitingForMessage(String processId) {
    return file(
        processId,
        begin(processId)
            .intermediateCatchEvent(
                "wait",
                e ->
                    e.message(
                        m -> m.name(processId + "-paid").zeebeCorrelationKeyExpression("order")))
            .serviceTask("after", t -> t.zeebeJobType(processId + "-after"))
            .endEvent()
            .done());
  }

  /** Begins on a signal. */
  static Resource startedBySignal(String processId, String signal) {
    return file(
        processId,
        Bpmn.createExecutableProcess(processId)
            .startEvent("begin")
            .signal(signal)
            .serviceTask("after", t -> t.zeebeJobType(processId + "-after"))
            .endEvent()
            .done());
  }

  /** A service task without a job type, which no engine can run. */
  static Resource broken(String processId) {
    return Resource.of(
        processId + ".bpmn",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            id="d" targetNamespace="http://segue.dev/test">
          <bpmn:process id="%s" isExecutable="true">
            <bpmn:startEvent id="begin"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
            <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="nameless"/>
            <bpmn:serviceTask id="nameless"><bpmn:incoming>f1</bpmn:incoming></bpmn:serviceTask>
          </bpmn:process>
        </bpmn:definitions>
        """
            .formatted(processId));
  }

  private static StartEventBuilder begin(String processId) {
    return Bpmn.createExecutableProcess(processId).startEvent("begin");
  }

  private static Resource file(String processId, BpmnModelInstance model) {
    return Resource.of(processId + ".bpmn", Bpmn.convertToString(model));
  }
}
