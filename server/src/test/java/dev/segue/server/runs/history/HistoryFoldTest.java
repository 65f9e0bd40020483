package dev.segue.server.runs.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class HistoryFoldTest {

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final UUID RUN_ID = UUID.fromString("5f0c2f1e-6f3e-4a55-9e7a-2f6a3a7f3c11");
  private final HistoryFold fold = new HistoryFold();
  private long position;

  @Test
  void makesOneRowOfWhatBeganAndEndedInABatch() {
    add("PROCESS_INSTANCE", "ELEMENT_ACTIVATED", 9, element("bake"));
    add("PROCESS_INSTANCE", "ELEMENT_COMPLETED", 9, element("bake"));

    assertThat(fold.elements.values())
        .singleElement()
        .satisfies(
            element -> {
              assertThat(element.state).isEqualTo("completed");
              assertThat(element.startedAt).isEqualTo(START.plusMillis(1));
              assertThat(element.endedAt).isEqualTo(START.plusMillis(2));
            });
  }

  @Test
  void countsHowOftenAFlowWasTaken() {
    add("PROCESS_INSTANCE", "SEQUENCE_FLOW_TAKEN", 20, element("again"));
    add("PROCESS_INSTANCE", "SEQUENCE_FLOW_TAKEN", 21, element("again"));

    assertThat(fold.flows.get(new HistoryRows.FlowKey(7, "again")).taken).isEqualTo(2);
  }

  @Test
  void readsTheRunIdOutOfTheContextOfARun() {
    add("VARIABLE", "CREATED", 30, context(7));
    add("PROCESS_INSTANCE", "ELEMENT_ACTIVATED", 7, process());

    assertThat(fold.contexts).containsEntry(7L, RUN_ID);
    assertThat(fold.events)
        .containsExactly(new HistoryEvent.RunStarted(7, RUN_ID, "bakery", 3, null));
  }

  @Test
  void takesNoContextFromAnInnerScope() {
    add("VARIABLE", "CREATED", 30, context(8));

    assertThat(fold.contexts).isEmpty();
  }

  @Test
  void countsFailuresOfAJob() {
    String job = "{\"run\":7,\"elementInstance\":9,\"element\":\"bake\",\"type\":\"a:b:1\",";
    add("JOB", "CREATED", 40, job + "\"retries\":3}");
    add("JOB", "FAILED", 40, job + "\"retries\":2,\"error\":\"cold\"}");
    add("JOB", "FAILED", 40, job + "\"retries\":1,\"error\":\"colder\"}");
    add("JOB", "COMPLETED", 40, job + "\"retries\":1}");

    assertThat(fold.jobs.get(40L))
        .satisfies(
            row -> {
              assertThat(row.state).isEqualTo("completed");
              assertThat(row.failures).isEqualTo(2);
              assertThat(row.error).isEqualTo("colder");
            });
  }

  @Test
  void keepsWhenAUserTaskWasCreatedThroughLaterRecords() {
    String task = "{\"run\":7,\"element\":\"approve\",\"assignee\":\"%s\",\"action\":\"approve\"}";
    add("USER_TASK", "CREATED", 50, task.formatted(""));
    add("USER_TASK", "ASSIGNED", 50, task.formatted("mia"));
    add("USER_TASK", "COMPLETED", 50, task.formatted("mia"));

    assertThat(fold.userTasks.get(50L))
        .satisfies(
            row -> {
              assertThat(row.createdAt).isEqualTo(START.plusMillis(1));
              assertThat(row.state).isEqualTo("completed");
              assertThat(row.action).isEqualTo("approve");
            });
    assertThat(fold.events)
        .containsExactly(
            new HistoryEvent.UserTaskCreated(7, 50, "approve"),
            new HistoryEvent.UserTaskChanged(7, 50, "approve"),
            new HistoryEvent.UserTaskEnded(7, 50, "approve", true));
  }

  @Test
  void passesOverWhatItDoesNotKnow() {
    add("ESCALATION", "ESCALATED", 60, "{}");
    add("JOB", "COMPLETED", 61, "{\"unreadable\":\"bad\"}");

    assertThat(fold.jobs).isEmpty();
  }

  private void add(String valueType, String intent, long key, String body) {
    position++;
    fold.add(
        new RawRecord(
            position,
            START.plusMillis(position),
            valueType,
            intent,
            key,
            JsonMapper.shared().readTree(body)));
  }

  private static String process() {
    return "{\"run\":7,\"element\":\"bakery\",\"type\":\"PROCESS\",\"process\":\"bakery\",\"version\":3,\"definition\":5}";
  }

  private static String element(String id) {
    return "{\"run\":7,\"element\":\"%s\",\"type\":\"SERVICE_TASK\",\"scope\":7}".formatted(id);
  }

  private static String context(long scope) {
    return "{\"run\":7,\"scope\":%d,\"name\":\"segue\",\"value\":{\"runId\":\"%s\"}}"
        .formatted(scope, RUN_ID);
  }
}
