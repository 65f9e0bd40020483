package dev.segue.server.policies;

import static dev.segue.server.policies.PoliciesFixture.automatic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.policies.PoliciesFixture.Task;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies don't decide what people have in their hands, then or later. */
class LeftToPeopleIT {

  private final PoliciesFixture server = new PoliciesFixture();

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void aListThatEscalatesStaysWithPeopleThoughItIsNowWithinTheLimits() {
    server.put("small-steps", automatic(Map.of("percentPerChange", 10)));
    Task first = server.task("4.00", "5.00");
    server.approvals().userTaskCreated(first.key());
    server.put("small-steps", automatic(Map.of("percentPerChange", 50)));
    Task second = server.escalated(first);

    server.approvals().userTaskCreated(second.key());

    assertThat(server.engine().isOpen(second.key())).isTrue();
    assertThat(server.shown(second).at("/policy/reason").asString())
        .isEqualTo("Not automatic: people have been asked about these changes before.");
  }

  @Test
  void aListThatWasReadBeforeThereWasAPolicyStaysWithPeople() {
    Task first = server.task("4.00", "4.20");
    server.approvals().userTaskCreated(first.key());
    server.put("small-steps", automatic(Map.of("percentPerChange", 10)));

    Task second = server.escalated(first);
    server.approvals().userTaskCreated(second.key());

    assertThat(server.engine().isOpen(second.key())).isTrue();
  }

  @Test
  void aListThatSomebodyEditedStaysWithPeople() {
    server.put("small-steps", automatic(Map.of("percentPerChange", 10)));
    Task edited = server.task("4.00", "4.20");
    Task former = server.task("4.00", "4.40");
    server
        .jooq()
        .execute(
            """
            update segue.change_set set supersedes = ?, created_by = 'ann' where set_id = ?\
            """,
            former.set(),
            edited.set());

    server.approvals().userTaskCreated(edited.key());

    assertThat(server.shown(edited).at("/policy/reason").asString())
        .isEqualTo("Not automatic: ann has edited Prices.");
  }

  @Test
  void whatSomebodyHasClaimedIsNotApprovedWhenTheyReleaseIt() {
    server.put("small-steps", automatic(Map.of("percentPerChange", 10)));
    Task task = server.task("4.00", "4.20");
    server.admin().post("/approvals/" + task.key() + "/claim", Map.of()).expect(200);

    server.approvals().catchUp();

    assertThat(server.shown(task).at("/policy/reason").asString())
        .as("the claim that history doesn't tell of yet")
        .isEqualTo("Not automatic: admin holds it.");
    server.admin().delete("/approvals/" + task.key() + "/claim").expect(200);
    server.approvals().catchUp();
    assertThat(server.engine().isOpen(task.key())).isTrue();
    assertThat(server.shown(task).path("state").asString()).isEqualTo("open");
  }

  @Test
  void anAssigneeOfTheDiagramHoldsItToo() {
    server.put("small-steps", automatic(Map.of("percentPerChange", 10)));
    Task task = server.task("4.00", "4.20");
    assign(task, "ann");
    server.approvals().userTaskCreated(task.key());
    assign(task, null);

    server.approvals().catchUp();

    assertThat(server.shown(task).at("/policy/reason").asString())
        .isEqualTo("Not automatic: ann holds it.");
    assertThat(server.engine().isOpen(task.key())).isTrue();
  }

  private void assign(Task task, @Nullable String assignee) {
    server
        .jooq()
        .execute(
            "update history.user_task set assignee = ? where user_task_key = ?",
            assignee,
            task.key());
  }
}
