package dev.segue.runtime.invoke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.segue.runtime.PluginDescription;
import dev.segue.runtime.StepBinding;
import dev.segue.runtime.StepType;
import dev.segue.runtime.call.Cancellation;
import dev.segue.runtime.call.Interruption;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepFailure;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.changes.ContentHash;
import dev.segue.runtime.fixture.FixtureContext;
import dev.segue.runtime.fixture.PluginSpace;
import dev.segue.runtime.schema.Json;
import dev.segue.runtime.schema.UnresolvedConnectionException;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeOutcome;
import dev.segue.sdk.ChangeResult;
import dev.segue.sdk.ChangeSet;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.PastOutcome;
import dev.segue.sdk.Undo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StepInvokerTest {

  private static final Instant NOW = Instant.parse("2026-11-01T08:00:00Z");

  private final PluginCalls calls = new PluginCalls();
  private final StepInvoker invoker = new StepInvoker(calls, Clock.systemUTC());
  private final PluginSpace space = new PluginSpace();
  private final List<Attempt> attempts = new ArrayList<>();
  private Instant now = NOW;
  private Duration limit = Duration.ofSeconds(30);
  private Cancellation cancellation = new Cancellation();
  private StepBinding.Plain bake;
  private StepBinding.Changing raise;

  @BeforeEach
  void load() throws Exception {
    PluginDescription plugin = space.describe(calls);
    bake = (StepBinding.Plain) plugin.step(StepType.parse("bakery:bake:1")).orElseThrow();
    raise =
        (StepBinding.Changing)
            plugin.step(StepType.parse("bakery:raise-prices.apply:2")).orElseThrow();
  }

  @AfterEach
  void unload() throws Exception {
    calls.close();
    space.close();
  }

  @Test
  void aStepRunsWithItsPluginsLoaderAndLeavesTheThreadAsItWas() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    ObjectNode output = completed(run("well"));

    assertThat(Json.write(output))
        .isEqualTo("{\"loaves\":3,\"loader\":\"bakery-plugin\",\"simulated\":false}");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    Attempt attempt = attempts.getFirst();
    assertThat(attempt.readOnly()).isFalse();
    assertThat(attempt.connections())
        .extracting(AttemptConnection::field, AttemptConnection::name, AttemptConnection::hosts)
        .containsExactly(tuple("bakery", "main", Set.of("bakery.example.com")));
  }

  @Test
  void aSimulatedRunCallsSimulateAndMayOnlyRead() {
    ObjectNode output = completed(invoker.run(bake, input("error"), invocation(true)));

    assertThat(output.get("simulated").booleanValue()).isTrue();
    assertThat(attempts.getFirst().readOnly()).isTrue();
  }

  @Test
  void whatAStepThrowsBecomesAValueThatHoldsNothingOfThePlugin() {
    assertThat(failed(run("error")))
        .isEqualTo(new StepFailure.BusinessError("NO_FLOUR", "There is no flour."));
    assertThat(failed(run("retry")))
        .isEqualTo(new StepFailure.Retry(Duration.ofMinutes(5), "The oven is cold."));
    StepFailure.Fault fault = (StepFailure.Fault) failed(run("fault"));
    assertThat(fault.message()).isEqualTo("java.lang.IllegalStateException: refused: ********");
    assertThat(fault.trace()).contains("Bake.run").doesNotContain("s3cret");
    assertThat(failed(run("overflow"))).isInstanceOf(StepFailure.Fault.class);
    assertThat(failed(run("null")).message()).contains("is null");
    assertThat(failed(run("negative")).message())
        .contains("breaks its own schema: 'loaves' is -1; it must be at least 0");
  }

  @Test
  void anInputThatDoesNotFitIsRefusedBeforeTheStepRuns() {
    ObjectNode input = input("well");
    input.put("loaves", "many").put("bakery", "other");

    StepFailure failure = failed(invoker.run(bake, input, invocation(false)));

    assertThat(failure).isInstanceOf(StepFailure.InvalidInput.class);
    assertThat(failure.message())
        .contains("'loaves' must be a whole number")
        .contains("'bakery' cannot be used: no connection 'other'; add it");
    assertThat(attempts).isEmpty();
  }

  @Test
  void aStepIsInterruptedWhenItsTimeIsUp() {
    limit = Duration.ofMillis(200);

    StepResult<ObjectNode> result = run("sleep");

    assertThat(failed(result)).isEqualTo(new StepFailure.TimedOut(limit));
    assertThat(result.took()).isBetween(limit, Duration.ofSeconds(20));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aResultThatComesInSpiteOfAnInterruptCounts() {
    limit = Duration.ofMillis(200);

    assertThat(completed(run("swallow")).get("loaves").intValue()).isEqualTo(3);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aCancelledStepIsInterruptedAndLaterCallsAreRefused() throws Exception {
    CompletableFuture<StepResult<ObjectNode>> running =
        CompletableFuture.supplyAsync(() -> run("sleep"), Thread.ofVirtual()::start);
    await().until(() -> !attempts.isEmpty());

    cancellation.cancel(Interruption.CANCELLED);

    assertThat(failed(running.get(20, TimeUnit.SECONDS)))
        .isEqualTo(new StepFailure.Interrupted(Interruption.CANCELLED));
    assertThat(failed(run("well"))).isEqualTo(new StepFailure.Interrupted(Interruption.CANCELLED));
    assertThat(attempts).hasSize(1);
  }

  @Test
  void noInterruptArrivesAfterTheCallIsOver() {
    limit = Duration.ofMillis(1);
    for (int i = 0; i < 2_000; i++) {
      run("well");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      cancellation.cancel(Interruption.SHUTDOWN);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      cancellation = new Cancellation();
    }
  }

  @Test
  void manyCallsShareOneInvoker() throws Exception {
    CountDownLatch done = new CountDownLatch(500);
    for (int i = 0; i < 500; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                Invocation how =
                    new Invocation(
                        Duration.ofSeconds(60),
                        false,
                        (name, type) -> account(),
                        attempt -> new FixtureContext(attempt, NOW),
                        new Cancellation());
                if (invoker.run(bake, input("well"), how) instanceof StepResult.Completed<?>) {
                  done.countDown();
                }
              });
    }
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void changesArePlannedAppliedAndSummedUp() {
    Planned planned =
        completed(
            invoker.plan(
                raise, Json.parse("{\"to\":\"4.20\",\"bakery\":\"main\"}"), invocation(false)));
    Change change = planned.changes().changes().getFirst();

    ChangeOutcome outcome =
        completed(invoker.apply(raise, change, "set/0", planned.connections(), invocation(false)));
    ObjectNode output =
        completed(
            invoker.result(raise, List.of(new ChangeResult(change, outcome)), invocation(false)));

    assertThat(planned.connections()).isEqualTo(Map.of("bakery", "main"));
    assertThat(planned.hash()).isEqualTo(ContentHash.of(planned.changes(), planned.connections()));
    assertThat(outcome).isEqualTo(new ChangeOutcome.Applied("set/0 at bakery.example.com"));
    assertThat(Json.write(output)).isEqualTo("{\"raised\":1}");
    assertThat(attempts).extracting(Attempt::readOnly).containsExactly(true, false);
  }

  @Test
  void withoutAWordFromTheStepNothingIsKnownAndNothingTakenBack() {
    Change change = planOne();

    assertThat(completed(invoker.outcome(raise, change, "set/0", Map.of(), invocation(false))))
        .isInstanceOf(PastOutcome.Unknown.class);
    assertThat(
            completed(
                invoker.inverse(raise, change, new ChangeOutcome.Applied("r"), invocation(false))))
        .isInstanceOf(Undo.None.class);
    assertThat(completed(invoker.check(raise, List.of(change), Map.of(), invocation(false))))
        .isEmpty();
  }

  @Test
  void aChangeWhoseTimeIsUpIsStaleAndASimulatedOneIsNeverApplied() {
    Change change = planOne();
    now = NOW.plusSeconds(60);

    assertThat(
            completed(
                invoker.apply(raise, change, "set/0", Map.of("bakery", "main"), invocation(false))))
        .isInstanceOf(ChangeOutcome.Stale.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> invoker.apply(raise, change, "set/0", Map.of(), invocation(true)));
  }

  @Test
  void choicesAreServedAtEditTime() {
    assertThat(
            completed(
                invoker.choices(
                    bake,
                    "how",
                    (ObjectNode) Json.parse("{\"bakery\":\"main\",\"loaves\":null}"),
                    invocation(false))))
        .extracting(choice -> choice.label())
        .containsExactly("Well at main");
  }

  @Test
  void aConnectionIsTriedWithItsSecretMasked() {
    var type = bake.plugin().connection("account").orElseThrow();
    var good = Json.parse("{\"host\":\"h\",\"token\":\"good\"}");
    var bad = Json.parse("{\"host\":\"h\",\"token\":\"bad-token\"}");

    assertThat(
            completed(invoker.test(bake.plugin(), type, "main", good, invocation(false))).message())
        .isEqualTo("Bakery at h");
    assertThat(failed(invoker.test(bake.plugin(), type, "main", bad, invocation(false))).message())
        .endsWith("the bakery refuses the token ********");
  }

  private Change planOne() {
    ChangeSet set =
        completed(
                invoker.plan(
                    raise, Json.parse("{\"to\":5,\"bakery\":\"main\"}"), invocation(false)))
            .changes();
    return set.changes().getFirst();
  }

  private StepResult<ObjectNode> run(String how) {
    return invoker.run(bake, input(how), invocation(false));
  }

  private static ObjectNode input(String how) {
    return Json.object().put("how", how).put("loaves", 3).put("bakery", "main").put("other", 1);
  }

  private Invocation invocation(boolean simulated) {
    return new Invocation(
        limit,
        simulated,
        (name, type) -> {
          if (!name.equals("main")) {
            throw new UnresolvedConnectionException("no connection '" + name + "'; add it");
          }
          return account();
        },
        attempt -> {
          attempts.add(attempt);
          return new FixtureContext(attempt, now);
        },
        cancellation);
  }

  private ConnectionType account() {
    return bake.plugin()
        .connection("account")
        .orElseThrow()
        .bind(Json.parse("{\"host\":\"bakery.example.com\",\"token\":\"s3cret-token\"}"));
  }

  private static <T> T completed(StepResult<T> result) {
    assertThat(result).isInstanceOf(StepResult.Completed.class);
    return ((StepResult.Completed<T>) result).value();
  }

  private static StepFailure failed(StepResult<?> result) {
    assertThat(result).isInstanceOf(StepResult.Failed.class);
    return ((StepResult.Failed<?>) result).failure();
  }
}
