package dev.segue.bpmn.exporter;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.value.TimerRecordValue;
import java.util.Map;
import java.util.Set;

/**
 * Which records are history. The engine writes about twice as many as anybody asks for: the steps
 * between two states of an element, the activation of jobs, its own housekeeping.
 */
final class Relevance {

  /** Intents go by name, so that those of newer engines can be listed too. */
  private static final Map<ValueType, Set<String>> KEPT =
      Map.of(
          ValueType.PROCESS_INSTANCE,
          Set.of(
              "ELEMENT_ACTIVATED",
              "ELEMENT_COMPLETED",
              "ELEMENT_TERMINATED",
              "ELEMENT_MIGRATED",
              "SEQUENCE_FLOW_TAKEN"),
          ValueType.JOB,
          Set.of(
              "CREATED",
              "COMPLETED",
              "FAILED",
              "RETRIES_UPDATED",
              "ERROR_THROWN",
              "CANCELED",
              "MIGRATED"),
          ValueType.INCIDENT,
          Set.of("CREATED", "RESOLVED"),
          ValueType.VARIABLE,
          Set.of("CREATED", "UPDATED"),
          ValueType.USER_TASK,
          Set.of("CREATED", "ASSIGNED", "UPDATED", "COMPLETED", "CANCELED", "MIGRATED"),
          ValueType.TIMER,
          Set.of("CREATED", "TRIGGERED", "CANCELED"),
          ValueType.PROCESS,
          Set.of("CREATED", "DELETED"));

  private Relevance() {}

  static boolean accepts(RecordType type) {
    return type == RecordType.EVENT;
  }

  static boolean accepts(ValueType type) {
    return KEPT.containsKey(type);
  }

  static boolean accepts(Record<?> record) {
    Set<String> intents = KEPT.get(record.getValueType());
    return intents != null
        && accepts(record.getRecordType())
        && intents.contains(record.getIntent().name())
        && belongsToRun(record);
  }

  /** The timer of a start event waits for no run. */
  private static boolean belongsToRun(Record<?> record) {
    return !(record.getValue() instanceof TimerRecordValue timer)
        || timer.getProcessInstanceKey() > 0;
  }
}
