package dev.segue.bpmn.model;

import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.impl.BpmnModelConstants;
import io.camunda.zeebe.model.bpmn.instance.BaseElement;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.Process;
import io.camunda.zeebe.model.bpmn.instance.StartEvent;
import io.camunda.zeebe.model.bpmn.instance.UserTask;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledDecision;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeCalledElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeFormDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeHeader;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeMapping;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskDefinition;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskHeaders;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeUserTask;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** Turns the model of Camunda's library into {@link DiagramContent}. */
final class ModelReader {

  private final BpmnModelInstance model;
  private final List<ProcessOutline> processes = new ArrayList<>();
  private final List<StepTask> steps = new ArrayList<>();
  private final List<ApprovalTask> approvals = new ArrayList<>();
  private final List<CalledElement> calls = new ArrayList<>();
  private final Map<String, DiagramElement> elements = new LinkedHashMap<>();

  ModelReader(BpmnModelInstance model) {
    this.model = model;
  }

  DiagramContent read() {
    model.getModelElementsByType(Process.class).forEach(this::process);
    model.getModelElementsByType(FlowElement.class).forEach(this::flowElement);
    return new DiagramContent(processes, steps, approvals, calls, elements);
  }

  /** The label of an element; its id if it has none. */
  static String label(String id, @Nullable String name) {
    return name == null || name.isBlank() ? id : name.strip().replaceAll("\\s+", " ");
  }

  /** The id of the process that an element is in. */
  static String processId(ModelElementInstance element) {
    ModelElementInstance outer = element;
    while (outer != null && !(outer instanceof Process)) {
      outer = outer.getParentElement();
    }
    return outer instanceof Process process ? process.getId() : "";
  }

  private void process(Process process) {
    String startForm =
        model.getModelElementsByType(StartEvent.class).stream()
            .filter(start -> start.getParentElement() == process)
            .map(ModelReader::formId)
            .flatMap(Optional::stream)
            .findFirst()
            .orElse(null);
    processes.add(
        new ProcessOutline(
            process.getId(),
            label(process.getId(), process.getName()),
            process.isExecutable(),
            startForm));
  }

  private void flowElement(FlowElement element) {
    String id = element.getId();
    if (id == null) {
      return;
    }
    String name = label(id, element.getName());
    String processId = processId(element);
    ZeebeTaskDefinition definition = extension(element, ZeebeTaskDefinition.class);
    String stepType = definition == null ? null : definition.getType();
    elements.put(
        id,
        new DiagramElement(
            id,
            name,
            element.getElementType().getTypeName(),
            processId,
            stepType,
            inputs(element)));
    if (stepType != null) {
      steps.add(step(element, name, processId, stepType));
    }
    if (element instanceof UserTask) {
      approvals.add(
          new ApprovalTask(
              id,
              name,
              processId,
              extension(element, ZeebeUserTask.class) != null,
              formId(element).orElse(null),
              headers(element)));
    }
    calls(element, name, processId);
  }

  /** A mapping to {@code order.total} makes the variable {@code order}. */
  private static List<String> inputs(FlowElement element) {
    ZeebeIoMapping mapping = extension(element, ZeebeIoMapping.class);
    return mapping == null
        ? List.of()
        : mapping.getInputs().stream()
            .map(input -> orEmpty(input.getTarget()).split("\\.", 2)[0].strip())
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
  }

  private static StepTask step(
      FlowElement element, String name, String processId, String stepType) {
    ZeebeIoMapping mapping = extension(element, ZeebeIoMapping.class);
    return new StepTask(
        element.getId(),
        name,
        processId,
        stepType,
        headers(element),
        mapping == null ? List.of() : mappings(mapping.getInputs()),
        mapping == null ? List.of() : mappings(mapping.getOutputs()),
        template(element));
  }

  private static @Nullable TemplateUse template(FlowElement element) {
    String id = element.getAttributeValueNs(BpmnModelConstants.ZEEBE_NS, "modelerTemplate");
    String version =
        element.getAttributeValueNs(BpmnModelConstants.ZEEBE_NS, "modelerTemplateVersion");
    return id == null || version == null || !version.matches("[0-9]{1,15}")
        ? null
        : new TemplateUse(id, Long.parseLong(version));
  }

  private void calls(FlowElement element, String name, String processId) {
    ZeebeCalledElement process = extension(element, ZeebeCalledElement.class);
    if (process != null && process.getProcessId() != null) {
      calls.add(
          new CalledElement(
              element.getId(),
              name,
              processId,
              process.getProcessId(),
              CalledElement.Kind.PROCESS));
    }
    ZeebeCalledDecision decision = extension(element, ZeebeCalledDecision.class);
    if (decision != null && decision.getDecisionId() != null) {
      calls.add(
          new CalledElement(
              element.getId(),
              name,
              processId,
              decision.getDecisionId(),
              CalledElement.Kind.DECISION));
    }
  }

  private static List<VariableMapping> mappings(Collection<? extends ZeebeMapping> mappings) {
    return mappings.stream()
        .map(
            mapping ->
                new VariableMapping(orEmpty(mapping.getSource()), orEmpty(mapping.getTarget())))
        .toList();
  }

  private static Map<String, String> headers(FlowElement element) {
    ZeebeTaskHeaders headers = extension(element, ZeebeTaskHeaders.class);
    Map<String, String> byKey = new HashMap<>();
    if (headers != null) {
      for (ZeebeHeader header : headers.getHeaders()) {
        byKey.put(orEmpty(header.getKey()), orEmpty(header.getValue()));
      }
    }
    return byKey;
  }

  private static Optional<String> formId(FlowElement element) {
    ZeebeFormDefinition form = extension(element, ZeebeFormDefinition.class);
    return form == null ? Optional.empty() : Optional.ofNullable(form.getFormId());
  }

  @SuppressWarnings("NullAway") // The library answers null for an extension that isn't there.
  static <T extends io.camunda.zeebe.model.bpmn.instance.BpmnModelElementInstance>
      @Nullable T extension(BaseElement element, Class<T> type) {
    return element.getSingleExtensionElement(type);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
