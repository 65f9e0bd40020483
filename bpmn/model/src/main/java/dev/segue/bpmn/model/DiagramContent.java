package dev.segue.bpmn.model;

import java.util.List;
import java.util.Map;

/** What a diagram holds, in Segue's words. */
record DiagramContent(
    List<ProcessOutline> processes,
    List<StepTask> steps,
    List<ApprovalTask> approvals,
    List<CalledElement> calls,
    Map<String, DiagramElement> elements) {

  DiagramContent {
    processes = List.copyOf(processes);
    steps = List.copyOf(steps);
    approvals = List.copyOf(approvals);
    calls = List.copyOf(calls);
    elements = Map.copyOf(elements);
  }
}
