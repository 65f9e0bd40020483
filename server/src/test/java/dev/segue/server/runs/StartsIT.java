package dev.segue.server.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.engine.StartCommand;
import dev.segue.bpmn.engine.StartedRun;
import dev.segue.bpmn.model.DiagramElement;
import dev.segue.server.events.AfterCommit;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.forms.FormRules;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import dev.segue.server.people.Audit;
import dev.segue.server.steps.RunContexts.Lookup;
import dev.segue.server.steps.RunContexts.Query;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.storage.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a start leaves in the database at each moment at which a server may be killed. */
class StartsIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String WORKFLOW = "order";
  private static final String WITH_FORM = "booking";

  /** Where a server stands still, as one does that was killed there. */
  private enum Stop {
    BEFORE_THE_COMMAND,
    BEFORE_THE_ANSWER,
    NOWHERE
  }

  private final List<String> started = new CopyOnWriteArrayList<>();
  private final List<Long> cancelled = new CopyOnWriteArrayList<>();
  private final AtomicLong keys = new AtomicLong(1L << 51);
  private final EventBus events = new EventBus();
  private final List<Outbox> outboxes = new ArrayList<>();
  private DatabaseAddress address;
  private Database database;

  @BeforeEach
  void open() {
    address = TestPostgres.shared().migrated();
    database = Database.open(address, DatabaseSettings.defaults(), AfterCommit.provider());
  }

  @AfterEach
  void close() {
    outboxes.forEach(Outbox::close);
    events.close();
    database.close();
    TestPostgres.shared().drop(address);
  }

  @Test
  void startsEachIdOnceHoweverOftenAndFromWhereverItIsAsked() throws Exception {
    Runs one = server(Stop.NOWHERE, true);
    Runs two = server(Stop.NOWHERE, true);
    List<UUID> ids = new ArrayList<>();
    List<Future<UUID>> asked = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 60; i++) {
        UUID id = UUID.randomUUID();
        ids.add(id);
        asked.add(callers.submit(() -> start(one, id, WORKFLOW)));
        asked.add(callers.submit(() -> start(two, id, WORKFLOW)));
      }
    }
    for (Future<UUID> answer : asked) {
      assertThat(ids).contains(answer.get());
    }
    await().atMost(SOON).until(() -> waiting() == 0);
    assertThat(started)
        .containsExactlyInAnyOrderElementsOf(ids.stream().map(UUID::toString).toList());
    assertThat(count("segue.run where state = 'started' and process_instance_key is not null"))
        .isEqualTo(60);
    assertThat(cancelled).isEmpty();
    assertThat(count("segue.audit where action = 'run.start'")).isEqualTo(60);
    assertThatThrownBy(() -> start(two, ids.getFirst(), "other"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("was used for the workflow order");
  }

  @Test
  void holdsWhatPeopleBeginWithAgainstTheStartForm() {
    Runs runs = server(Stop.NOWHERE, true);

    assertThatThrownBy(() -> start(runs, UUID.randomUUID(), WITH_FORM))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(422);
              assertThat(refused.problem().errors())
                  .extracting(FieldError::field)
                  .containsExactly("variables.till");
            });

    assertThat(count("segue.run")).isZero();
    UUID filledIn = start(runs, UUID.randomUUID(), WITH_FORM, Json.object().put("till", "north"));
    await().atMost(SOON).until(() -> started.contains(filledIn.toString()));
  }

  @Test
  void startsOnceWhatAServerHadCommittedWhenItWasKilled() {
    UUID id = start(server(Stop.BEFORE_THE_COMMAND, false), UUID.randomUUID(), WORKFLOW);
    server(Stop.NOWHERE, true);
    assertThat(started).isEmpty();

    endLeases();

    await().atMost(SOON).until(() -> waiting() == 0);
    assertThat(started).containsExactly(id.toString());
    assertThat(claimOf(id)).isNotNull();
  }

  @Test
  void cancelsTheSecondInstanceIfTheServerWasKilledBeforeItHeardOfTheFirst() {
    UUID id = start(server(Stop.BEFORE_THE_ANSWER, false), UUID.randomUUID(), WORKFLOW);
    await().atMost(SOON).until(() -> started.size() == 1);
    long first = keys.get();
    Runs next = server(Stop.NOWHERE, true);

    // Its first step gets to work before the start is repeated.
    assertThat(next.contexts(site -> Optional.empty()).find(query(first, id)))
        .isInstanceOf(Lookup.Known.class);
    assertThat(claimOf(id)).isEqualTo(first);
    endLeases();
    await().atMost(SOON).until(() -> waiting() == 0);
    assertThat(started).hasSize(1);

    // And the other way about: a start is repeated, then the first instance shows up.
    UUID other = start(server(Stop.BEFORE_THE_ANSWER, false), UUID.randomUUID(), WORKFLOW);
    await().atMost(SOON).until(() -> started.size() == 2);
    long lost = keys.get();
    endLeases();
    await().atMost(SOON).until(() -> claimOf(other) != null);
    assertThat(claimOf(other)).isNotEqualTo(lost);
    assertThat(next.contexts(site -> Optional.empty()).find(query(lost, other)))
        .isInstanceOf(Lookup.Forbidden.class);
    await().atMost(SOON).until(() -> cancelled.equals(List.of(lost)));
  }

  @Test
  void doesNothingTwiceIfTheServerWasKilledBeforeItStruckTheStartOff() {
    Runs runs = server(Stop.NOWHERE, false);
    UUID id = start(runs, UUID.randomUUID(), WORKFLOW);
    await().atMost(SOON).until(() -> claimOf(id) != null && waiting() == 0);
    database
        .jooq()
        .execute(
            "insert into segue.outbox (kind, ref, payload, attempts) values (?, ?, ?::jsonb, 1)",
            RunStarter.START_KIND,
            id.toString(),
            "{\"definition\":7}");
    server(Stop.NOWHERE, true);
    await().atMost(SOON).until(() -> waiting() == 0);
    assertThat(started).containsExactly(id.toString());
  }

  @Test
  void givesAStartToOneOfTheInstancesThatClaimItAtTheSameTime() throws Exception {
    UUID id = start(server(Stop.BEFORE_THE_COMMAND, false), UUID.randomUUID(), WORKFLOW);
    List<Future<Lookup>> lookups = new ArrayList<>();
    try (ExecutorService steps = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int server = 0; server < 2; server++) {
        Runs runs = server(Stop.NOWHERE, true);
        for (int i = 0; i < 10; i++) {
          long key = keys.incrementAndGet();
          lookups.add(
              steps.submit(() -> runs.contexts(site -> Optional.empty()).find(query(key, id))));
        }
      }
    }
    List<Lookup.Known> known = new ArrayList<>();
    for (Future<Lookup> lookup : lookups) {
      switch (lookup.get()) {
        case Lookup.Known run -> known.add(run);
        case Lookup.Forbidden forbidden -> assertThat(forbidden.why()).contains(id.toString());
        case Lookup.NotYet notYet -> throw new AssertionError(notYet);
      }
    }
    assertThat(known)
        .singleElement()
        .satisfies(only -> assertThat(only.run().processInstanceKey()).isEqualTo(claimOf(id)));
    await().atMost(SOON).until(() -> cancelled.size() == 19);
    assertThat(cancelled).doesNotContain(claimOf(id)).doesNotHaveDuplicates();
  }

  private static UUID start(Runs runs, UUID id, String workflow) {
    return start(runs, id, workflow, Json.object().put("customer", "ann"));
  }

  private static UUID start(Runs runs, UUID id, String workflow, ObjectNode variables) {
    return runs.starter()
        .start(
            new StartRequest(
                id,
                workflow,
                null,
                RunMode.LIVE,
                null,
                null,
                null,
                variables,
                "mia",
                StartRequest.BY_PERSON));
  }

  private static Query query(long key, UUID runId) {
    return new Query(key, WORKFLOW, Optional.of(runId.toString()));
  }

  /**
   * A server on the database and the engine that all share.
   *
   * @param sweeps whether it does what others left
   */
  private Runs server(Stop stop, boolean sweeps) {
    Outbox outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    outboxes.add(outbox);
    Runs runs =
        new Runs(
            new Runs.Ground(database, engine(stop), outbox, events, new Audit(database)),
            new Runs.Neighbours(
                new OneVersion(),
                site -> true,
                new NoParts(),
                (tx, job, happened, result, by) -> {}));
    if (sweeps) {
      outbox.start();
    }
    return runs;
  }

  private Engine engine(Stop stop) {
    return (Engine)
        Proxy.newProxyInstance(
            StartsIT.class.getClassLoader(),
            new Class<?>[] {Engine.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "start" -> {
                  return begin((StartCommand) arguments[0], stop);
                }
                case "cancel" -> {
                  cancelled.add((Long) arguments[0]);
                  return null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
              }
            });
  }

  private StartedRun begin(StartCommand command, Stop stop) throws InterruptedException {
    if (stop == Stop.BEFORE_THE_COMMAND) {
      new CountDownLatch(1).await();
    }
    long key = keys.incrementAndGet();
    started.add(Json.parse(command.variablesJson()).path("segue").path("runId").asString());
    if (stop == Stop.BEFORE_THE_ANSWER) {
      new CountDownLatch(1).await();
    }
    return new StartedRun(key, 7, WORKFLOW, 1);
  }

  private void endLeases() {
    database
        .jooq()
        .execute(
            "update segue.outbox set lease_until = now() - interval '1 second' where lease_until is not null");
  }

  private @Nullable Long claimOf(UUID id) {
    return database
        .jooq()
        .fetchSingle("select process_instance_key from segue.run where run_id = ?", id)
        .get(0, Long.class);
  }

  private int waiting() {
    return count("segue.outbox");
  }

  private int count(String from) {
    return database.jooq().fetchSingle("select count(*) from " + from).get(0, Integer.class);
  }

  private static final class OneVersion implements WorkflowLookup {
    @Override
    public Optional<Startable> find(String workflowId, @Nullable Integer version) {
      return Optional.of(new Startable(workflowId, "Order", 1, 7, false));
    }

    @Override
    public FormRules startForm(String workflowId, int version) {
      return workflowId.equals(WITH_FORM)
          ? FormRules.of(
              Json.parse(
                  """
                  {"components": [
                    {"type": "textfield", "key": "till", "validate": {"required": true}}]}\
                  """))
          : FormRules.NONE;
    }

    @Override
    public Map<String, DiagramElement> elements(long processDefinitionKey) {
      return Map.of();
    }
  }
}
