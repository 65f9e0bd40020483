package dev.segue.bpmn.exporter;

import io.camunda.zeebe.protocol.record.ImmutableRecord;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.RecordValue;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.VariableIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.ImmutableJobRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableProcessInstanceRecordValue;
import io.camunda.zeebe.protocol.record.value.ImmutableVariableRecordValue;

/** Records as a broker would deliver them. */
final class Records {

  static final long NOON = 1_790_000_000_000L;

  private Records() {}

  static Record<?> element(long position, ProcessInstanceIntent intent) {
    return event(
        position,
        ValueType.PROCESS_INSTANCE,
        intent,
        ImmutableProcessInstanceRecordValue.builder()
            .withProcessInstanceKey(7)
            .withElementId("bake")
            .withBpmnElementType(BpmnElementType.SERVICE_TASK)
            .withFlowScopeKey(7)
            .withBpmnProcessId("bakery")
            .withVersion(3)
            .build());
  }

  static Record<?> variable(long position, String name, String json) {
    return event(
        position,
        ValueType.VARIABLE,
        VariableIntent.CREATED,
        ImmutableVariableRecordValue.builder()
            .withProcessInstanceKey(7)
            .withScopeKey(7)
            .withName(name)
            .withValue(json)
            .build());
  }

  static Record<?> job(long position, JobIntent intent) {
    return event(
        position,
        ValueType.JOB,
        intent,
        ImmutableJobRecordValue.builder()
            .withProcessInstanceKey(7)
            .withElementInstanceKey(9)
            .withElementId("bake")
            .withType("bakery:bake:1")
            .withRetries(2)
            .withErrorMessage("The oven \"A\" is\ncold")
            .build());
  }

  static Record<?> event(long position, ValueType type, Intent intent, RecordValue value) {
    return record(position, NOON + position, RecordType.EVENT, type, intent, value);
  }

  static Record<?> record(
      long position,
      long timestamp,
      RecordType recordType,
      ValueType type,
      Intent intent,
      RecordValue value) {
    return ImmutableRecord.builder()
        .withPosition(position)
        .withKey(1000 + position)
        .withTimestamp(timestamp)
        .withPartitionId(1)
        .withRecordType(recordType)
        .withValueType(type)
        .withIntent(intent)
        .withValue(value)
        .build();
  }
}
