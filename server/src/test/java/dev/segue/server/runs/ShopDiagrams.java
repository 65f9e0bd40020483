package dev.segue.server.runs;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The diagrams of a little shop. */
final class ShopDiagrams {

  private ShopDiagrams() {}

  /** An order with a step, an approval, a timer and a call of {@code parcel}; and a quick one. */
  static Map<String, byte[]> files() {
    return Map.of(
        "workflow.yaml",
        bytes("id: order\ntitle: Orders\ndescription: From order to parcel\n"),
        "order.bpmn",
        bytes(order()),
        "parcel.bpmn",
        bytes(oneStep("parcel", "shop:pack:1").replace("\"step\"", "\"pack\"")),
        "quick.bpmn",
        bytes(oneStep("quick", "shop:quick:1")));
  }

  /** start → one step → end. */
  static String oneStep(String processId, String stepType) {
    return process(
        processId,
        """
        <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
        <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="step"/>
        <bpmn:serviceTask id="step" name="Do it">
          <bpmn:extensionElements><zeebe:taskDefinition type="%s"/></bpmn:extensionElements>
          <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
        </bpmn:serviceTask>
        <bpmn:sequenceFlow id="f2" sourceRef="step" targetRef="end"/>
        <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
        """
            .formatted(stepType));
  }

  private static String order() {
    return process(
        "order",
        """
        <bpmn:startEvent id="came" name="Order came in"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
        <bpmn:sequenceFlow id="f1" sourceRef="came" targetRef="pick"/>
        <bpmn:serviceTask id="pick" name="Pick">
          <bpmn:extensionElements>
            <zeebe:taskDefinition type="shop:pick:1"/>
            <zeebe:ioMapping>
              <zeebe:input source="=customer" target="order.customer"/>
              <zeebe:input source="=note" target="note"/>
            </zeebe:ioMapping>
          </bpmn:extensionElements>
          <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
        </bpmn:serviceTask>
        <bpmn:sequenceFlow id="f2" sourceRef="pick" targetRef="approve"/>
        <bpmn:userTask id="approve" name="Approve">
          <bpmn:extensionElements>
            <zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="managers"/>
          </bpmn:extensionElements>
          <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing>
        </bpmn:userTask>
        <bpmn:sequenceFlow id="f3" sourceRef="approve" targetRef="wait"/>
        <bpmn:intermediateCatchEvent id="wait" name="Wait">
          <bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing>
          <bpmn:timerEventDefinition id="timer">
            <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT0.5S</bpmn:timeDuration>
          </bpmn:timerEventDefinition>
        </bpmn:intermediateCatchEvent>
        <bpmn:sequenceFlow id="f4" sourceRef="wait" targetRef="parcel"/>
        <bpmn:callActivity id="parcel" name="Pack the parcel">
          <bpmn:extensionElements>
            <zeebe:calledElement processId="parcel" propagateAllChildVariables="false"/>
          </bpmn:extensionElements>
          <bpmn:incoming>f4</bpmn:incoming><bpmn:outgoing>f5</bpmn:outgoing>
        </bpmn:callActivity>
        <bpmn:sequenceFlow id="f5" sourceRef="parcel" targetRef="sent"/>
        <bpmn:endEvent id="sent" name="Parcel sent"><bpmn:incoming>f5</bpmn:incoming></bpmn:endEvent>
        """);
  }

  private static String process(String id, String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
          <bpmn:process id="%s" isExecutable="true">%s</bpmn:process>
        </bpmn:definitions>
        """
        .formatted(id, content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
