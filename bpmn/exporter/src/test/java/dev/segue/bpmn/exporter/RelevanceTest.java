package dev.segue.bpmn.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.TimerIntent;
import io.camunda.zeebe.protocol.record.value.ImmutableTimerRecordValue;
import org.junit.jupiter.api.Test;

class RelevanceTest {

  @Test
  void keepsTheStatesOfAnElementButNotTheStepsBetween() {
    assertThat(Relevance.accepts(Records.element(1, ProcessInstanceIntent.ELEMENT_ACTIVATED)))
        .isTrue();
    assertThat(Relevance.accepts(Records.element(1, ProcessInstanceIntent.SEQUENCE_FLOW_TAKEN)))
        .isTrue();
    assertThat(Relevance.accepts(Records.element(1, ProcessInstanceIntent.ELEMENT_COMPLETING)))
        .isFalse();
    assertThat(Relevance.accepts(Records.job(1, JobIntent.TIMED_OUT))).isFalse();
  }

  @Test
  void leavesOutCommandsAndTheirRejections() {
    assertThat(Relevance.accepts(RecordType.EVENT)).isTrue();
    assertThat(Relevance.accepts(RecordType.COMMAND)).isFalse();
    assertThat(Relevance.accepts(RecordType.COMMAND_REJECTION)).isFalse();
  }

  @Test
  void leavesOutTimersThatStartRuns() {
    assertThat(Relevance.accepts(timer(-1))).isFalse();
    assertThat(Relevance.accepts(timer(7))).isTrue();
  }

  private static Record<?> timer(long processInstanceKey) {
    return Records.event(
        1,
        ValueType.TIMER,
        TimerIntent.CREATED,
        ImmutableTimerRecordValue.builder().withProcessInstanceKey(processInstanceKey).build());
  }
}
