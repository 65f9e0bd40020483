package dev.segue.bpmn.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.ImmutableProcessInstanceRecordValue;
import org.junit.jupiter.api.Test;

class BodyTest {

  @Test
  void keepsOfAnElementWhatTheProjectionReads() {
    assertThat(Body.of(Records.element(1, ProcessInstanceIntent.ELEMENT_ACTIVATED)))
        .isEqualTo("{\"run\":7,\"element\":\"bake\",\"type\":\"SERVICE_TASK\",\"scope\":7}");
  }

  @Test
  void namesTheDefinitionAndTheParentOnceForEachRun() {
    var value =
        ImmutableProcessInstanceRecordValue.builder()
            .withProcessInstanceKey(7)
            .withElementId("bakery")
            .withBpmnElementType(BpmnElementType.PROCESS)
            .withFlowScopeKey(-1)
            .withBpmnProcessId("bakery")
            .withVersion(3)
            .withProcessDefinitionKey(5)
            .withParentProcessInstanceKey(-1)
            .withParentElementInstanceKey(-1)
            .build();

    assertThat(
            Body.of(
                Records.event(
                    1, ValueType.PROCESS_INSTANCE, ProcessInstanceIntent.ELEMENT_ACTIVATED, value)))
        .isEqualTo(
            "{\"run\":7,\"element\":\"bakery\",\"type\":\"PROCESS\",\"process\":\"bakery\","
                + "\"version\":3,\"definition\":5}");
  }

  @Test
  void escapesTextForJson() {
    assertThat(Body.of(Records.job(1, JobIntent.FAILED)))
        .contains("\"error\":\"The oven \\\"A\\\" is\\ncold\"");
  }

  @Test
  void keepsTheValueOfAVariableAsItIs() {
    assertThat(Body.of(Records.variable(1, "order", "{\"id\":1.50,\"note\":null}")))
        .isEqualTo(
            "{\"run\":7,\"scope\":7,\"name\":\"order\",\"value\":{\"id\":1.50,\"note\":null}}");
  }

  @Test
  void cutsALongVariableAndSaysHowLongItWas() {
    String json = "\"" + "x".repeat(Body.VARIABLE_LIMIT) + "\"";

    String body = Body.of(Records.variable(1, "menu", json));

    assertThat(body)
        .hasSizeLessThan(2000)
        .contains("\"cut\":true", "\"size\":" + json.length(), "\"value\":\"\\\"xxx");
  }

  @Test
  void replacesTheCharacterThatPostgresCannotHold() {
    assertThat(Body.of(Records.variable(1, "note", "\"a\\u0000b \\\\u0000\"")))
        .contains("\"value\":\"a\uFFFDb \\\\u0000\"");
    assertThat(Body.of(Records.variable(1, "no\0te", "1"))).contains("\"name\":\"no\uFFFDte\"");
  }
}
