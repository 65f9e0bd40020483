package dev.segue.bpmn.model;

import java.nio.charset.StandardCharsets;

/** Diagrams as text: a process around the given elements. */
final class Bpmn {

  private Bpmn() {}

  static String definitions(String content) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
            id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
        %s
        </bpmn:definitions>
        """
        .formatted(content);
  }

  static String process(String content) {
    return definitions(
        "<bpmn:process id=\"bakery\" name=\"Bake bread\" isExecutable=\"true\">"
            + content
            + "</bpmn:process>");
  }

  /** start → the given node, named {@code middle} → end. */
  static String around(String middle) {
    return process(
        start("toMiddle")
            + flow("toMiddle", "start", "middle")
            + middle
            + flow("toEnd", "middle", "end")
            + end("end", "toEnd"));
  }

  static String start(String outgoing) {
    return "<bpmn:startEvent id=\"start\"><bpmn:outgoing>%s</bpmn:outgoing></bpmn:startEvent>"
        .formatted(outgoing);
  }

  static String end(String id, String incoming) {
    return "<bpmn:endEvent id=\"%s\"><bpmn:incoming>%s</bpmn:incoming></bpmn:endEvent>"
        .formatted(id, incoming);
  }

  static String flow(String id, String from, String to) {
    return "<bpmn:sequenceFlow id=\"%s\" sourceRef=\"%s\" targetRef=\"%s\"/>"
        .formatted(id, from, to);
  }

  static String task(String id, String incoming, String outgoing, String extensions) {
    return """
        <bpmn:serviceTask id="%s" name="Step %s"><bpmn:extensionElements>%s</bpmn:extensionElements>
        <bpmn:incoming>%s</bpmn:incoming><bpmn:outgoing>%s</bpmn:outgoing></bpmn:serviceTask>"""
        .formatted(id, id, extensions, incoming, outgoing);
  }

  static String definition(String stepType) {
    return "<zeebe:taskDefinition type=\"%s\"/>".formatted(stepType);
  }

  static String header(String key, String value) {
    return "<zeebe:taskHeaders><zeebe:header key=\"%s\" value=\"%s\"/></zeebe:taskHeaders>"
        .formatted(key, value);
  }

  static Diagram parse(String xml) {
    return Diagram.parse("bakery.bpmn", bytes(xml), DiagramLimits.DEFAULT);
  }

  static byte[] bytes(String xml) {
    return xml.getBytes(StandardCharsets.UTF_8);
  }
}
