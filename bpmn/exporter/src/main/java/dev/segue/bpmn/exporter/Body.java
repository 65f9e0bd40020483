package dev.segue.bpmn.exporter;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.IncidentRecordValue;
import io.camunda.zeebe.protocol.record.value.JobRecordValue;
import io.camunda.zeebe.protocol.record.value.ProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import io.camunda.zeebe.protocol.record.value.UserTaskRecordValue;
import io.camunda.zeebe.protocol.record.value.VariableRecordValue;
import io.camunda.zeebe.protocol.record.value.deployment.Process;
import java.nio.charset.StandardCharsets;

/**
 * What the history keeps of a record's value: the fields that the projection reads, with short
 * names, and bounded. A record's own {@code toJson()} has three times the size.
 */
final class Body {

  /** Longer values of variables are cut: bulk data has no place in a variable. */
  static final int VARIABLE_LIMIT = 32 * 1024;

  private static final int PREVIEW = 1024;
  private static final int MESSAGE_LIMIT = 8 * 1024;
  private static final int FIRST_PARTITION = 1;

  private Body() {}

  static String of(Record<?> record) {
    return switch (record.getValue()) {
      case ProcessInstanceRecordValue value -> processInstance(value);
      case JobRecordValue value -> job(value, record.getIntent().name());
      case VariableRecordValue value -> variable(value);
      case IncidentRecordValue value -> incident(value);
      case UserTaskRecordValue value -> userTask(value);
      case TimerRecordValue value -> timer(value);
      case Process value -> process(value, record.getPartitionId());
      default -> "{}";
    };
  }

  private static String processInstance(ProcessInstanceRecordValue value) {
    JsonText json =
        new JsonText()
            .key("run", value.getProcessInstanceKey())
            .text("element", value.getElementId())
            .text("type", value.getBpmnElementType().name())
            .key("scope", value.getFlowScopeKey());
    if (value.getBpmnElementType() == BpmnElementType.PROCESS) {
      json.text("process", value.getBpmnProcessId())
          .number("version", value.getVersion())
          .key("definition", value.getProcessDefinitionKey())
          .key("parent", value.getParentProcessInstanceKey())
          .key("parentElement", value.getParentElementInstanceKey());
    }
    return json.end();
  }

  private static String job(JobRecordValue value, String intent) {
    JsonText json =
        new JsonText()
            .key("run", value.getProcessInstanceKey())
            .key("elementInstance", value.getElementInstanceKey())
            .text("element", value.getElementId())
            .text("type", value.getType())
            .number("retries", value.getRetries());
    if (!intent.equals("CREATED")) {
      json.text("errorCode", value.getErrorCode())
          .text("error", cut(value.getErrorMessage(), MESSAGE_LIMIT));
    }
    return json.end();
  }

  private static String variable(VariableRecordValue value) {
    JsonText json =
        new JsonText()
            .key("run", value.getProcessInstanceKey())
            .key("scope", value.getScopeKey())
            .text("name", value.getName());
    String content = value.getValue();
    if (content.length() > VARIABLE_LIMIT) {
      return json.flag("cut")
          .number("size", content.length())
          .text("value", cut(content, PREVIEW))
          .end();
    }
    return json.json("value", content).end();
  }

  private static String incident(IncidentRecordValue value) {
    return new JsonText()
        .key("run", value.getProcessInstanceKey())
        .key("elementInstance", value.getElementInstanceKey())
        .text("element", value.getElementId())
        .key("job", value.getJobKey())
        .text("type", value.getErrorType().name())
        .text("message", cut(value.getErrorMessage(), MESSAGE_LIMIT))
        .text("process", value.getBpmnProcessId())
        .end();
  }

  private static String userTask(UserTaskRecordValue value) {
    return new JsonText()
        .key("run", value.getProcessInstanceKey())
        .key("elementInstance", value.getElementInstanceKey())
        .text("element", value.getElementId())
        .text("process", value.getBpmnProcessId())
        .key("definition", value.getProcessDefinitionKey())
        .key("form", value.getFormKey())
        .text("externalForm", value.getExternalFormReference())
        .text("assignee", value.getAssignee())
        .texts("groups", value.getCandidateGroupsList())
        .texts("users", value.getCandidateUsersList())
        .text("due", value.getDueDate())
        .text("followUp", value.getFollowUpDate())
        .texts("headers", value.getCustomHeaders())
        .texts("changed", value.getChangedAttributes())
        .text("action", value.getAction())
        .end();
  }

  private static String timer(TimerRecordValue value) {
    return new JsonText()
        .key("run", value.getProcessInstanceKey())
        .key("elementInstance", value.getElementInstanceKey())
        .text("element", value.getTargetElementId())
        .number("due", value.getDueDate())
        .end();
  }

  /** Every partition tells of a deployed process; the first one's record carries the diagram. */
  private static String process(Process value, int partition) {
    JsonText json =
        new JsonText()
            .text("process", value.getBpmnProcessId())
            .number("version", value.getVersion())
            .key("definition", value.getProcessDefinitionKey())
            .text("resource", value.getResourceName());
    if (partition == FIRST_PARTITION) {
      json.text("diagram", new String(value.getResource(), StandardCharsets.UTF_8));
    }
    return json.end();
  }

  private static String cut(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end) + "…";
  }
}
