package dev.segue.server.policies;

import static dev.segue.server.policies.PoliciesFixture.automatic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.server.http.Json;
import dev.segue.server.people.AuditEntry;
import dev.segue.server.policies.PoliciesFixture.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong with one approval or policy is nothing to the others. */
class PolicyWatchIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PoliciesFixture server = new PoliciesFixture();

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void anApprovalWhoseListIsDamagedKeepsNoOtherWaiting() {
    server.outbox().start();
    server.put("small-steps", automatic(Map.of("percentPerChange", 10)));
    Task damaged = server.task("4.00", "4.20");
    server.jooq().execute("update segue.change set content = '{}'");
    Task sound = server.task("4.00", "4.20");

    server.approvals().catchUp();

    await().atMost(PATIENCE).until(() -> server.state(sound).equals("approved"));
    assertThat(server.engine().isOpen(damaged.key())).isTrue();
  }

  @Test
  void aPolicyThatCannotBeReadKeepsNoOtherFromFalling() {
    server.put("a-damaged", of("menu:offers"));
    server.put("small-steps", of("menu:prices"));
    server
        .jooq()
        .execute(
            """
            update segue.policy set limits = '{"percentPerChange": "much"}'
            where policy_id = 'a-damaged'\
            """);
    server.ended(server.task("4.00", "4.20"), "0.9");

    server.policies().reconsider();

    assertThat(server.policy("small-steps").path("level").asString()).isEqualTo("approve");
  }

  @Test
  void policiesFallWhileNoApprovalCanBeLookedAt() {
    server.put("small-steps", of("menu:prices"));
    server.ended(server.task("4.00", "4.20"), "0.9");
    server.jooq().execute("alter table segue.policy_verdict rename to out_of_reach");

    try (PolicyWatch watch = new PolicyWatch(server.policies(), server.approvals())) {
      watch.start();
      await()
          .atMost(PATIENCE)
          .until(() -> server.policy("small-steps").path("level").asString().equals("approve"));
    }
  }

  /** Whoever pauses a policy has locked it, and waits for the trail if somebody writes to it. */
  @Test
  void aFallClosesNoCircleWithSomebodyWhoPausesAnotherPolicy() throws Exception {
    server.put("a-prices", of("menu:prices"));
    server.put("b-offers", of("menu:offers"));
    server.ended(server.task("4.00", "4.20"), "0.9");
    Task task = server.taskWithOffer("4.00", "4.20");

    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> judged =
          server
              .door()
              .database()
              .transaction(
                  tx -> {
                    new PolicyRows().lock(tx, "b-offers");
                    Future<?> judging =
                        other.submit(() -> server.approvals().userTaskCreated(task.key()));
                    int pid = tx.fetchSingle("select pg_backend_pid()").get(0, Integer.class);
                    await().atMost(PATIENCE).until(() -> somebodyWaitsFor(pid));
                    pausedBySomebody(tx, "b-offers");
                    return judging;
                  });
      judged.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(server.policy("a-prices").path("level").asString()).isEqualTo("approve");
    assertThat(server.shown(task).at("/policy/reason").asString())
        .isEqualTo("Not automatic: the policy a-prices asks a person.");
  }

  private void pausedBySomebody(DSLContext tx, String policy) {
    server
        .door()
        .people()
        .audit()
        .record(tx, new AuditEntry("ann", "policy.pause", "policy", policy, Json.object()));
  }

  private boolean somebodyWaitsFor(int pid) {
    return server
        .jooq()
        .fetchSingle(
            "select exists (select from pg_stat_activity where ? = any(pg_blocking_pids(pid)))",
            pid)
        .get(0, Boolean.class);
  }

  /** An automatic policy that falls by one run that did worse than expected. */
  private static Map<String, Object> of(String changes) {
    Map<String, Object> content = new HashMap<>(automatic(Map.of("percentPerChange", 10)));
    content.put("changes", changes);
    content.put(
        "fallback",
        Map.of("effect", Map.of("variable", "measured.ratio", "atLeast", 1, "runs", 1)));
    return content;
  }
}
