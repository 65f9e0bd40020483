/**
 * A small workflow: it checks the sales, then waits an hour. The check fails for a value of `unfit` that it doesn't
 * know, and goes on with one that it does.
 */
export const INSPECTION = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
    xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="definitions" targetNamespace="https://segue.dev/e2e">
  <bpmn:process id="inspection" name="Inspection" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>to-check</bpmn:outgoing></bpmn:startEvent>
    <bpmn:serviceTask id="check" name="Check the sales">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="pos-files:check-sales:1" retries="1" />
        <zeebe:ioMapping><zeebe:input source="=unfit" target="unfit" /></zeebe:ioMapping>
        <zeebe:taskHeaders><zeebe:header key="resultVariable" value="salesCheck" /></zeebe:taskHeaders>
      </bpmn:extensionElements>
      <bpmn:incoming>to-check</bpmn:incoming>
      <bpmn:outgoing>to-wait</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:intermediateCatchEvent id="wait" name="Wait an hour">
      <bpmn:incoming>to-wait</bpmn:incoming>
      <bpmn:outgoing>to-end</bpmn:outgoing>
      <bpmn:timerEventDefinition id="hour"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:intermediateCatchEvent>
    <bpmn:endEvent id="end"><bpmn:incoming>to-end</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="to-check" sourceRef="start" targetRef="check" />
    <bpmn:sequenceFlow id="to-wait" sourceRef="check" targetRef="wait" />
    <bpmn:sequenceFlow id="to-end" sourceRef="wait" targetRef="end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="inspection">
      <bpmndi:BPMNShape id="start-shape" bpmnElement="start"><dc:Bounds x="160" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="check-shape" bpmnElement="check"><dc:Bounds x="250" y="80" width="100" height="80" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="wait-shape" bpmnElement="wait"><dc:Bounds x="410" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="end-shape" bpmnElement="end"><dc:Bounds x="510" y="102" width="36" height="36" /></bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="to-check-edge" bpmnElement="to-check"><di:waypoint x="196" y="120" /><di:waypoint x="250" y="120" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to-wait-edge" bpmnElement="to-wait"><di:waypoint x="350" y="120" /><di:waypoint x="410" y="120" /></bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="to-end-edge" bpmnElement="to-end"><di:waypoint x="446" y="120" /><di:waypoint x="510" y="120" /></bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`
