package dev.segue.bpmn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;
import static org.awaitility.Awaitility.await;

import dev.segue.bpmn.engine.EngineException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every engine behind the port does, shown on a real one. */
abstract class EngineContract {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  abstract Engine engine();

  abstract ZeebeRecords records();

  @Test
  void topologyNamesTheVersionAndEveryPartition() {
    Topology topology = engine().topology();

    assertThat(topology.gatewayVersion()).startsWith("8.5.");
    assertThat(topology.ready()).isTrue();
    assertThat(topology.partitions()).extracting(Topology.Partition::id).containsExactly(1, 2);
  }

  @Test
  void jobsArriveWithTheirContextAndTheirCompletionEndsTheRun() throws Exception {
    Deployment.Process process =
        engine().deploy(List.of(Diagrams.oneTask("plain", "plain-work"))).processes().getFirst();
    StartedRun run = engine().start(StartCommand.latest("plain", "{\"loaves\":12.50}"));

    try (Jobs jobs = serve("plain-work")) {
      Job job = jobs.next();

      assertThat(run.processDefinitionKey()).isEqualTo(process.processDefinitionKey());
      assertThat(job.processInstanceKey()).isEqualTo(run.processInstanceKey());
      assertThat(job.bpmnProcessId()).isEqualTo("plain");
      assertThat(job.processDefinitionVersion()).isEqualTo(process.version());
      assertThat(job.elementId()).isEqualTo("work");
      assertThat(job.customHeaders()).isEqualTo(Map.of("colour", "green"));
      assertThat(job.variablesJson()).contains("\"loaves\":12.5");
      assertThat(job.deadline()).isAfter(Instant.now());

      engine().completeAsync(job.key(), "{\"baked\":true}").toCompletableFuture().join();
      records().awaitCompleted(run.processInstanceKey());
      refused(() -> engine().complete(job.key(), "{}"), Kind.NOT_FOUND);
    }
  }

  @Test
  void anUnchangedDiagramKeepsItsVersionAndAFormIsDeployedWithIt() {
    Resource form =
        Resource.of(
            "approve.form",
            "{\"id\":\"approve-form\",\"type\":\"default\",\"schemaVersion\":16,\"components\":[]}");
    Resource diagram = Diagrams.oneTask("kept", "kept-work");
    Deployment first = engine().deploy(List.of(diagram, form));
    Deployment second = engine().deploy(List.of(diagram));

    assertThat(second.processes()).isEqualTo(first.processes());
    assertThat(first.forms()).extracting(Deployment.Form::formId).containsExactly("approve-form");
  }

  @Test
  void aVersionAndADefinitionCanBeStartedByName() {
    long first =
        engine()
            .deploy(List.of(Diagrams.oneTask("versions", "old-work")))
            .processes()
            .getFirst()
            .processDefinitionKey();
    engine().deploy(List.of(Diagrams.oneTask("versions", "new-work")));

    assertThat(engine().start(StartCommand.definition(first, "{}")).version()).isEqualTo(1);
    assertThat(engine().start(StartCommand.latest("versions", "{}")).version()).isEqualTo(2);
    assertThat(
            engine()
                .start(new StartCommand(new ProcessRef.Version("versions", 1), "{}"))
                .processDefinitionKey())
        .isEqualTo(first);
    refused(() -> engine().start(StartCommand.latest("nobody", "{}")), Kind.NOT_FOUND)
        .hasMessageContaining("nobody");
  }

  @Test
  void anInvalidModelIsRefusedByTheNameOfItsElement() {
    refused(() -> engine().deploy(List.of(Diagrams.broken("broken"))), Kind.INVALID)
        .hasMessageContaining("nameless")
        .hasMessageContaining("broken.bpmn");
  }

  @Test
  void badInputIsRefusedBeforeItRuns() {
    engine().deploy(List.of(Diagrams.oneTask("input", "input-work")));

    refused(() -> engine().start(StartCommand.latest("input", "{\"a\":")), Kind.INVALID);
    refused(() -> engine().start(StartCommand.latest("input", "[1]")), Kind.INVALID);
    refused(
            () ->
                engine()
                    .start(StartCommand.latest("input", "{\"a\":\"" + "x".repeat(3 << 20) + "\"}")),
            Kind.TOO_LARGE)
        .hasMessageContaining("by reference");
  }

  @Test
  void aFailedJobComesBackAfterItsBackOffAndItsIncidentCanBeResolved() throws Exception {
    engine().deploy(List.of(Diagrams.oneTask("failing", "failing-work")));
    engine().start(StartCommand.latest("failing", "{}"));

    try (Jobs jobs = serve("failing-work")) {
      Job first = jobs.next();
      Instant failedAt = Instant.now();
      engine()
          .fail(first.key(), new FailCommand(1, Duration.ofSeconds(2), "oven cold", "{\"n\":1}"));
      Job second = jobs.next();

      assertThat(second.key()).isEqualTo(first.key());
      assertThat(second.retries()).isEqualTo(1);
      assertThat(second.variablesJson()).contains("\"n\":1");
      assertThat(Duration.between(failedAt, Instant.now())).isGreaterThan(Duration.ofMillis(1900));

      engine().fail(second.key(), new FailCommand(0, Duration.ZERO, "no oven", "{}"));
      long incident = records().incidentOf(second.key());
      engine().updateRetries(second.key(), 1);
      engine().resolveIncident(incident);
      Job third = jobs.next();
      engine().complete(third.key(), "{}");

      assertThat(third.key()).isEqualTo(first.key());
      refused(() -> engine().resolveIncident(incident), Kind.NOT_FOUND);
    }
  }

  @Test
  void aBpmnErrorTakesItsPath() throws Exception {
    engine().deploy(List.of(Diagrams.withErrorPath("errors")));
    engine().start(StartCommand.latest("errors", "{}"));

    try (Jobs orders = serve("errors-order");
        Jobs substitutes = serve("errors-substitute")) {
      engine()
          .throwError(
              orders.next().key(), new BpmnError("SOLD_OUT", "no rye", "{\"wanted\":\"rye\"}"));

      Job substitute = substitutes.next();
      assertThat(substitute.variablesJson()).contains("\"missing\":\"rye\"");
      engine().complete(substitute.key(), "{}");
    }
  }

  @Test
  void aUserTaskIsClaimedChangedAndCompletedOnce() throws Exception {
    engine().deploy(List.of(Diagrams.withApproval("approval")));
    StartedRun run = engine().start(StartCommand.latest("approval", "{}"));
    long task = records().userTaskOf(run.processInstanceKey());

    engine().assign(task, "ada", false, "claim");
    refused(() -> engine().assign(task, "bob", false, "claim"), Kind.CONFLICT);
    engine().assign(task, "bob", true, "delegate");
    engine().unassign(task);
    engine()
        .updateTask(
            task,
            UserTaskChanges.none("escalate")
                .withCandidateGroups(List.of("owners"))
                .withDueDate(
                    new UserTaskChanges.DateChange.Set(Instant.parse("2030-01-02T03:04:05Z"))));
    refused(() -> engine().completeTask(task, "not json", "approve"), Kind.INVALID);
    engine().completeTask(task, "{\"total\":12345678901234567.25}", "approve");

    refused(() -> engine().completeTask(task, "{}", "approve"), Kind.NOT_FOUND);
    try (Jobs jobs = serve("approval-after")) {
      assertThat(jobs.next().variablesJson()).contains("total");
    }
  }

  @Test
  void aCancelledRunTakesItsJobsWithIt() throws Exception {
    engine().deploy(List.of(Diagrams.oneTask("cancelled", "cancelled-work")));
    StartedRun run = engine().start(StartCommand.latest("cancelled", "{}"));

    try (Jobs jobs = serve("cancelled-work")) {
      Job job = jobs.next();
      engine().extend(job.key(), Duration.ofMinutes(5));
      engine().cancel(run.processInstanceKey());

      refused(() -> engine().complete(job.key(), "{}"), Kind.NOT_FOUND);
      refused(() -> engine().extend(job.key(), Duration.ofMinutes(5)), Kind.NOT_FOUND);
      refused(() -> engine().cancel(run.processInstanceKey()), Kind.NOT_FOUND);
    }
  }

  @Test
  void aMessageReachesTheRunThatWaitsForItAndItsIdIsGoodOnce() throws Exception {
    engine().deploy(List.of(Diagrams.waitingForMessage("messages")));
    engine().start(StartCommand.latest("messages", "{\"order\":\"o-7\"}"));
    Message paid =
        new Message("messages-paid", "o-7", Duration.ofMinutes(1), "event-1", "{\"amount\":9}");

    assertThat(engine().publish(paid)).isPositive();
    refused(() -> engine().publish(paid), Kind.CONFLICT);
    try (Jobs jobs = serve("messages-after")) {
      assertThat(jobs.next().variablesJson()).contains("\"amount\":9");
    }
  }

  @Test
  void aSignalStartsWhatWaitsForIt() throws Exception {
    engine().deploy(List.of(Diagrams.startedBySignal("signals", "shop-open")));

    engine().broadcast(new Signal("shop-open", "{\"shop\":\"s1\"}"));
    try (Jobs jobs = serve("signals-after")) {
      assertThat(jobs.next().variablesJson()).contains("s1");
    }
  }

  @Test
  void variablesThatAreSetReachTheNextJob() throws Exception {
    engine().deploy(List.of(Diagrams.twoTasks("variables")));
    StartedRun run = engine().start(StartCommand.latest("variables", "{\"limit\":1}"));

    try (Jobs first = serve("variables-first");
        Jobs second = serve("variables-second")) {
      Job job = first.next();
      engine().setVariables(run.processInstanceKey(), "{\"limit\":2}", false);
      engine().complete(job.key(), "{}");

      assertThat(second.next().variablesJson()).contains("\"limit\":2");
    }
  }

  @Test
  void aRunIsMovedToAnotherElementAndToAnotherVersion() throws Exception {
    engine().deploy(List.of(Diagrams.twoTasks("moved")));
    StartedRun run = engine().start(StartCommand.latest("moved", "{}"));
    long first = records().elementInstance(run.processInstanceKey(), "first");
    long target =
        engine()
            .deploy(List.of(Diagrams.oneTask("target", "target-work")))
            .processes()
            .getFirst()
            .processDefinitionKey();

    engine()
        .modify(
            run.processInstanceKey(),
            new Modification(
                List.of(
                    new Modification.Activation(
                        "second", OptionalLong.empty(), "{\"by\":\"ops\"}")),
                List.of(first)));
    records().elementInstance(run.processInstanceKey(), "second");
    engine().migrate(run.processInstanceKey(), new Migration(target, Map.of("second", "work")));

    try (Jobs jobs = serve("moved-second")) {
      Job job = jobs.next();
      assertThat(job.variablesJson()).contains("ops");
      assertThat(job.bpmnProcessId()).isEqualTo("target");
      assertThat(job.elementId()).isEqualTo("work");
    }
  }

  @Test
  void aClosedWorkerTakesNoMoreJobsAndAnotherOneDoes() throws Exception {
    engine().deploy(List.of(Diagrams.oneTask("closing", "closing-work")));
    Jobs closed = serve("closing-work");
    closed.close();
    assertThat(closed.worker.isOpen()).isFalse();

    StartedRun run = engine().start(StartCommand.latest("closing", "{}"));
    try (Jobs open = serve("closing-work")) {
      assertThat(open.next().processInstanceKey()).isEqualTo(run.processInstanceKey());
      assertThat(closed.jobs).isEmpty();
    }
  }

  @Test
  void jobsArePushedToAWorkerThatHardlyEverPolls() {
    engine().deploy(List.of(Diagrams.oneTask("pushed", "pushed-work")));
    BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

    try (StepWorker worker =
        engine().serve(subscription("pushed-work", 16, Duration.ofHours(1)), jobs::add)) {
      // The push begins some time after the worker; a job from before that moment waits for a poll.
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                engine().start(StartCommand.latest("pushed", "{}"));
                return jobs.poll(500, TimeUnit.MILLISECONDS) != null;
              });
      assertThat(worker.isOpen()).isTrue();
    }
  }

  @Test
  void aWorkerNeverHoldsMoreJobsThanItAskedFor() throws Exception {
    engine().deploy(List.of(Diagrams.oneTask("bounded", "bounded-work")));
    Semaphore mayEnd = new Semaphore(0);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(6);

    try (StepWorker worker =
        engine()
            .serve(
                subscription("bounded-work", 2, Duration.ofMillis(100)),
                job -> {
                  most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                  mayEnd.acquire();
                  inside.decrementAndGet();
                  engine().complete(job.key(), "{}");
                  all.countDown();
                })) {
      for (int i = 0; i < 6; i++) {
        engine().start(StartCommand.latest("bounded", "{}"));
      }
      await().atMost(PATIENCE).until(() -> inside.get() == 2);
      mayEnd.release(6);

      assertThat(all.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(most).hasValue(2);
      assertThat(worker.jobType()).isEqualTo("bounded-work");
    }
  }

  static JobSubscription subscription(String jobType, int maxJobsActive, Duration pollInterval) {
    return new JobSubscription(
        jobType, "contract", Duration.ofMinutes(2), maxJobsActive, List.of(), pollInterval);
  }

  Jobs serve(String jobType) {
    return new Jobs(engine(), jobType);
  }

  static AbstractThrowableAssert<?, ? extends EngineException> refused(
      ThrowingCallable command, Kind kind) {
    return assertThatThrownBy(command)
        .asInstanceOf(throwable(EngineException.class))
        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(kind));
  }

  /** Collects the jobs of one type. */
  static final class Jobs implements AutoCloseable {
    final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
    final StepWorker worker;

    Jobs(Engine engine, String jobType) {
      worker = engine.serve(subscription(jobType, 16, Duration.ofMillis(200)), jobs::add);
    }

    Job next() throws InterruptedException {
      Job job = jobs.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(job).as("a job of type " + worker.jobType()).isNotNull();
      return job;
    }

    @Override
    public void close() {
      worker.close();
    }
  }
}
