package dev.segue.server.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What is measured: a process of four service tasks in sequence, and who works on it. */
enum Workload {
  /** A client worker that completes each job at once. */
  BARE("bench-bare", "bench-bare-step"),

  /** Steps of a plugin that change nothing, through the dispatcher. */
  NONE("bench-none", "recorder:read:1"),

  /** Steps of a plugin that are journalled. */
  WRITE("bench-write", "recorder:touch:1");

  /** How many service tasks the process has. */
  static final int STEPS = 4;

  private static final String STEP_ID = "step";

  private final String processId;
  private final String jobType;

  Workload(String processId, String jobType) {
    this.processId = processId;
    this.jobType = jobType;
  }

  String processId() {
    return processId;
  }

  String jobType() {
    return jobType;
  }

  /** The place of a job's element in the sequence, from 0. */
  static int stepOf(String elementId) {
    return Integer.parseInt(elementId.substring(STEP_ID.length())) - 1;
  }

  static Workload ofProcess(String processId) {
    for (Workload workload : values()) {
      if (workload.processId.equals(processId)) {
        return workload;
      }
    }
    throw new IllegalArgumentException("no workload has the process " + processId);
  }

  /** The diagram, without a drawing. */
  byte[] diagram() {
    StringBuilder flow = new StringBuilder();
    for (int step = 1; step <= STEPS; step++) {
      flow.append(step(STEP_ID + step, step));
    }
    String from = STEP_ID + STEPS;
    flow.append(flow(from, "end"));
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions"
            targetNamespace="https://segue.dev/bench">
          <bpmn:process id="%1$s" name="Four steps, %2$s" isExecutable="true">
            <bpmn:startEvent id="start" name="Begin">
              <bpmn:outgoing>to-step1</bpmn:outgoing>
            </bpmn:startEvent>
        %3$s
            <bpmn:endEvent id="end" name="Done">
              <bpmn:incoming>to-end</bpmn:incoming>
            </bpmn:endEvent>
          </bpmn:process>
        </bpmn:definitions>
        """
        .formatted(processId, name().toLowerCase(Locale.ROOT), flow)
        .getBytes(StandardCharsets.UTF_8);
  }

  private String step(String id, int number) {
    String from = number == 1 ? "start" : STEP_ID + (number - 1);
    String next = number == STEPS ? "end" : STEP_ID + (number + 1);
    return """
            <bpmn:serviceTask id="%1$s" name="Step %2$d">
              <bpmn:extensionElements>
                <zeebe:taskDefinition type="%3$s" retries="3" />
                <zeebe:taskHeaders>
                  <zeebe:header key="resultVariable" value="result" />
                </zeebe:taskHeaders>
              </bpmn:extensionElements>
              <bpmn:incoming>to-%1$s</bpmn:incoming>
              <bpmn:outgoing>to-%4$s</bpmn:outgoing>
            </bpmn:serviceTask>
        """
            .formatted(id, number, jobType, next)
        + flow(from, id);
  }

  private static String flow(String from, String to) {
    return """
            <bpmn:sequenceFlow id="to-%2$s" sourceRef="%1$s" targetRef="%2$s" />
        """
        .formatted(from, to);
  }
}
