/** A small workflow that asks approvers one question and goes on without them when the time of `patience` is over. */
export const QUESTION = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    id="definitions" targetNamespace="https://segue.dev/e2e">
  <bpmn:process id="question" name="Question" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>to-ask</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="ask" name="Close early on Sunday?">
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:assignmentDefinition candidateGroups="approvers" />
      </bpmn:extensionElements>
      <bpmn:incoming>to-ask</bpmn:incoming>
      <bpmn:outgoing>to-end</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="late" name="Nobody answered" attachedToRef="ask">
      <bpmn:outgoing>to-open</bpmn:outgoing>
      <bpmn:timerEventDefinition id="patience"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">=duration(patience)</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="end"><bpmn:incoming>to-end</bpmn:incoming></bpmn:endEvent>
    <bpmn:endEvent id="open" name="Stays open"><bpmn:incoming>to-open</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="to-ask" sourceRef="start" targetRef="ask" />
    <bpmn:sequenceFlow id="to-end" sourceRef="ask" targetRef="end" />
    <bpmn:sequenceFlow id="to-open" sourceRef="late" targetRef="open" />
  </bpmn:process>
</bpmn:definitions>
`
