package dev.segue.bpmn.model;

import io.camunda.zeebe.model.bpmn.instance.Activity;
import io.camunda.zeebe.model.bpmn.instance.BoundaryEvent;
import io.camunda.zeebe.model.bpmn.instance.EndEvent;
import io.camunda.zeebe.model.bpmn.instance.ErrorEventDefinition;
import io.camunda.zeebe.model.bpmn.instance.FlowNode;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.SubProcess;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * Changes are approved before they are applied, and a stale set is planned again. The host enforces
 * the first whatever the diagram says; here it is found before a run gets stuck.
 */
final class ChangesRule implements Rule {

  private static final String APPROVAL_HEADER = "segue.approval";
  private static final String STALE = "CHANGES_STALE";

  @Override
  public void check(Diagram diagram, Findings findings) {
    List<StepTask> applying = diagram.steps().stream().filter(StepTask::appliesChanges).toList();
    if (applying.isEmpty()) {
      return;
    }
    Set<String> unapproved = reachableWithoutApproval(diagram);
    for (StepTask step : applying) {
      approval(step, unapproved.contains(step.elementId()), findings);
      if (!handlesStale(diagram, step)) {
        findings.warning(
            "stale-changes",
            step.elementId(),
            step.name(),
            "%s: nothing catches the error %s, which it throws when the approved changes no longer fit."
                .formatted(step.name(), STALE),
            "Attach an error boundary event with that code and lead it back to the plan.");
      }
    }
  }

  private static void approval(StepTask step, boolean unapproved, Findings findings) {
    String said = step.headers().getOrDefault(APPROVAL_HEADER, "").strip();
    if (said.equals("none")) {
      findings.warning(
          "no-approval",
          step.elementId(),
          step.name(),
          "%s applies changes that nobody approves (%s = none)."
              .formatted(step.name(), APPROVAL_HEADER),
          "Leave it so if that is meant; a policy's limits still hold.");
    } else if (unapproved && !said.equals("policy")) {
      findings.error(
          "unapproved-changes",
          step.elementId(),
          step.name(),
          "%s can be reached without an approval of its changes.".formatted(step.name()),
          "Put a user task with the header %s before it, or say %s = policy or none in its headers."
              .formatted(ApprovalTask.CHANGES_HEADER, APPROVAL_HEADER));
    }
  }

  /** Walks from the start along all flows but those that leave an approval on its own. */
  private static Set<String> reachableWithoutApproval(Diagram diagram) {
    Map<String, ApprovalTask> approvals =
        diagram.approvals().stream()
            .filter(ApprovalTask::decidesChanges)
            .collect(Collectors.toMap(ApprovalTask::elementId, Function.identity()));
    Collection<BoundaryEvent> boundaries =
        diagram.model().getModelElementsByType(BoundaryEvent.class);
    Deque<FlowNode> open = new ArrayDeque<>();
    diagram.model().getModelElementsByType(StartEvent.class).stream()
        .filter(ChangesRule::startsByItself)
        .forEach(open::add);
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      FlowNode node = open.remove();
      if (!seen.add(node.getId())) {
        continue;
      }
      boundaries.stream()
          .filter(boundary -> boundary.getAttachedTo().equals(node))
          .forEach(open::add);
      if (node instanceof SubProcess inner) {
        startsOf(inner).forEach(open::add);
      } else if (!approvals.containsKey(node.getId())) {
        node.getOutgoing().forEach(flow -> open.add(flow.getTarget()));
        leave(node, open);
      }
    }
    return seen;
  }

  /** The start of a process, or of an event sub-process, which no flow leads to. */
  private static boolean startsByItself(StartEvent start) {
    ModelElementInstance parent = start.getParentElement();
    return !(parent instanceof SubProcess inner) || inner.triggeredByEvent();
  }

  private static Collection<StartEvent> startsOf(SubProcess inner) {
    return inner.getChildElementsByType(StartEvent.class);
  }

  /** From the end of a sub-process the walk goes on behind it. */
  private static void leave(FlowNode node, Deque<FlowNode> open) {
    if ((node instanceof EndEvent || node.getOutgoing().isEmpty())
        && node.getParentElement() instanceof SubProcess inner) {
      inner.getOutgoing().forEach(flow -> open.add(flow.getTarget()));
    }
  }

  private static boolean handlesStale(Diagram diagram, StepTask step) {
    return diagram.model().getModelElementById(step.elementId()) instanceof Activity activity
        && ErrorPaths.of(diagram).caught(activity).anyMatch(ChangesRule::catchesStale);
  }

  private static boolean catchesStale(ErrorEventDefinition definition) {
    return definition.getError() == null || STALE.equals(definition.getError().getErrorCode());
  }
}
