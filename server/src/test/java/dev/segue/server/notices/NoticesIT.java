package dev.segue.server.notices;

import static dev.segue.server.storage.jooq.history.Tables.USER_TASK;
import static dev.segue.server.storage.jooq.segue.Tables.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.segue.bpmn.engine.Engine;
import dev.segue.bpmn.model.Feel;
import dev.segue.runtime.call.PluginCalls;
import dev.segue.runtime.call.StepResult;
import dev.segue.runtime.invoke.StepInvoker;
import dev.segue.server.approvals.Approvals;
import dev.segue.server.approvals.TaskTexts;
import dev.segue.server.changes.Changes;
import dev.segue.server.connections.ConnectionTraffic;
import dev.segue.server.connections.Connections;
import dev.segue.server.data.ArtifactStore;
import dev.segue.server.data.PluginData;
import dev.segue.server.events.EventBus;
import dev.segue.server.events.Outbox;
import dev.segue.server.http.Json;
import dev.segue.server.http.Operation;
import dev.segue.server.notices.LoopbackMail.Mail;
import dev.segue.server.people.People;
import dev.segue.server.plugins.PluginHost;
import dev.segue.server.plugins.PluginMigrations;
import dev.segue.server.plugins.PluginsSettings;
import dev.segue.server.secrets.SecretKeyFile;
import dev.segue.server.secrets.SecretStore;
import dev.segue.server.steps.RunContexts.Lookup;
import dev.segue.server.steps.StepContexts;
import dev.segue.server.steps.StepDispatcher;
import dev.segue.server.steps.StepMetrics;
import dev.segue.server.steps.StepsSettings;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.PluginRoles;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.TestDoor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people who are told, and those who aren't, can rely on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoticesIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PASSWORD = "a long enough password";

  /** Knows no user tasks, but takes every command. */
  private static final Engine ENGINE =
      (Engine)
          Proxy.newProxyInstance(
              Engine.class.getClassLoader(),
              new Class<?>[] {Engine.class},
              (proxy, method, arguments) -> null);

  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final EventBus events = new EventBus();
  private final PluginCalls calls = new PluginCalls();
  private LoopbackMail mail;
  private TestDoor door;
  private Database database;
  private Approvals approvals;
  private PluginHost plugins;
  private Connections connections;
  private StepContexts contexts;
  private @Nullable Server server;

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    mail = opened(new LoopbackMail());
    opened(events);
    opened(calls);
    door = opened(TestDoor.open(this::operations));
    database = door.database();
    PluginRoles roles = new PluginRoles(database);
    Files.createDirectories(folder.resolve("plugins"));
    Messenger.build(folder.resolve("plugins/messenger.zip"));
    plugins =
        opened(
            PluginHost.of(
                PluginsSettings.of(folder, folder.resolve("none")),
                database,
                new PluginMigrations(roles),
                Map::of,
                calls));
    plugins.start();
    SecretStore secrets = new SecretStore(SecretKeyFile.openOrCreate(folder));
    connections = new Connections(database, secrets, plugins.connectionTypes());
    connections.create("mail", "messenger:post", Json.object().put("port", mail.port()), "me");
    connections.create(
        "chat",
        "messenger:board",
        Json.object().put("port", mail.port()).put("channel", "#kitchen"),
        "me");
    PluginData data = opened(new PluginData(roles));
    ConnectionTraffic traffic = opened(new ConnectionTraffic(database, Clock.systemUTC()));
    contexts =
        opened(
            new StepContexts(
                connections,
                data,
                new ArtifactStore(database, folder.resolve("spool")),
                (run, element, fraction, text) -> {},
                traffic,
                Clock.systemUTC()));
    user("anna", "approver", "managers", "anna@example.com");
    user("ben", "approver", "managers", null);
    user("carl", "approver", "managers", "carl@example.com");
    user("dora", "approver", "kitchen", "dora@example.com");
    user("emil", "viewer", "managers", "emil@example.com");
    user("boss", "admin", "office", "boss@example.com");
  }

  private List<Operation> operations(Database db, People people) {
    Outbox unstarted = new Outbox(db, UUID.randomUUID(), new SimpleMeterRegistry());
    Changes changes =
        new Changes(
            db,
            UUID.randomUUID(),
            new StepInvoker(calls, Clock.systemUTC()),
            (set, edited) -> new StepResult.Completed<>(List.of(), Duration.ZERO),
            people.audit());
    approvals =
        new Approvals(
            new Approvals.Parts(db, ENGINE, unstarted, events, people.audit(), people.directory()),
            changes,
            (key, element) ->
                Optional.of(new TaskTexts.TaskText("Menu of the day", "Fine so?", "", null)));
    return approvals.operations();
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  @AfterAll
  void close() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.close();
      server = null;
    }
    mail.turnAway(false);
    mail.hesitate(new CountDownLatch(0));
    ahead.set(Duration.ZERO);
    database.jooq().deleteFrom(USER_TASK).execute();
    database.jooq().execute("delete from segue.outbox");
  }

  @Test
  void whoeverIsAskedGetsOneMailAndTheChatOnePost() {
    task(100, Instant.now().plusSeconds(3_600));
    server = new Server("mail", "chat");

    awaitStates(100, "sent", 2);
    List<Mail> mails = mail.mailsOf(100);
    // Ben has no address, Carl started the run, Dora and the boss are of other groups.
    assertThat(mails)
        .extracting(Mail::to)
        .containsExactlyInAnyOrder("anna@example.com", "#kitchen");
    assertThat(mails.getFirst().text())
        .contains("Subject: Approval needed: Fine so?", "Menu of the day", "Started by: carl")
        .contains("https://segue.example.com/approvals/100");

    server.close();
    database
        .jooq()
        .execute(
            "insert into segue.outbox (kind, ref) select 'notice.send', notice_id from segue.notice");
    database.jooq().execute("update segue.notice set state = 'waiting'");
    server = new Server("mail", "chat");
    awaitStates(100, "sent", 2);
    assertThat(mail.mailsOf(100)).hasSize(2);
  }

  @Test
  void anApprovalThatIsHandedOverOrOverdueIsToldAgain() {
    task(200, Instant.now().plusSeconds(3_600));
    server = new Server("mail", null);
    awaitStates(200, "sent", 1);

    ApiClient anna = door.anybody().signIn("anna", PASSWORD);
    anna.post("/approvals/200/claim", Map.of()).expect(200);
    anna.post("/approvals/200/delegation", Map.of("to", "boss")).expect(200);
    server.notices.wake();
    awaitStates(200, "sent", 2);
    assertThat(mail.mailsOf(200).getLast().to()).isEqualTo("boss@example.com");
    assertThat(mail.mailsOf(200).getLast().text()).contains("Handed over for approval");

    database
        .jooq()
        .update(USER_TASK)
        .set(USER_TASK.DUE_AT, Instant.now().minusSeconds(1))
        .where(USER_TASK.USER_TASK_KEY.eq(200L))
        .execute();
    server.notices.wake();
    awaitStates(200, "sent", 3);
    assertThat(mail.mailsOf(200).getLast().to()).isEqualTo("boss@example.com");
    assertThat(mail.mailsOf(200).getLast().text()).contains("Approval overdue");
  }

  @Test
  void aMailServerThatFailsIsTriedForADayAndThenAnAlarmSaysSo() {
    mail.turnAway(true);
    task(300, null);
    server = new Server("mail", null);
    await()
        .atMost(SOON)
        .until(() -> count("segue.outbox where kind = 'notice.send' and attempts > 2") == 1);
    assertThat(count("segue.alarm where kind = 'notices'")).isZero();

    ahead.set(Duration.ofHours(25));
    awaitStates(300, "given_up", 1);
    assertThat(
            count(
                "segue.alarm where kind = 'notices' and cleared_at is null and message like '%too busy%'"))
        .isEqualTo(1);
    await().atMost(SOON).until(() -> count("segue.outbox where kind = 'notice.send'") == 0);

    mail.turnAway(false);
    ahead.set(Duration.ZERO);
    task(310, null);
    server.notices.wake();
    awaitStates(310, "sent", 1);
    assertThat(count("segue.alarm where kind = 'notices' and cleared_at is null")).isZero();
  }

  @Test
  void whatMayHaveArrivedBeforeAServerDiedIsNotSentAgain() {
    CountDownLatch confirmed = new CountDownLatch(1);
    mail.hesitate(confirmed);
    task(400, null);
    server = new Server("mail", null);
    await().atMost(SOON).until(() -> mail.mailsOf(400).size() == 1);

    // As another server finds it after this one was killed.
    server.outbox.close();
    database.jooq().execute("update segue.step_journal set lease_until = now() - interval '1 s'");
    database.jooq().execute("update segue.outbox set lease_until = now(), next_attempt_at = now()");
    try (Server other = new Server("mail", null)) {
      awaitStates(400, "in_doubt", 1);
      confirmed.countDown();
      assertThat(other.outbox).isNotNull();
    }
    assertThat(mail.mailsOf(400)).hasSize(1);
  }

  @Test
  void whoMayNoLongerDecideIsNotTold() {
    mail.turnAway(true);
    task(500, null);
    server = new Server("mail", null);
    await()
        .atMost(SOON)
        .until(() -> count("segue.outbox where kind = 'notice.send' and attempts > 1") == 1);
    database
        .jooq()
        .update(USER_TASK)
        .set(USER_TASK.STATE, "canceled")
        .where(USER_TASK.USER_TASK_KEY.eq(500L))
        .execute();

    awaitStates(500, "unneeded", 1);
    assertThat(mail.mailsOf(500)).isEmpty();
  }

  /** The part of a server that tells people. */
  private final class Server implements AutoCloseable {

    final Outbox outbox = new Outbox(database, UUID.randomUUID(), new SimpleMeterRegistry());
    final Notices notices;
    private final StepDispatcher dispatcher;

    Server(@Nullable String email, @Nullable String chat) {
      dispatcher =
          new StepDispatcher(
              StepsSettings.defaults(),
              UUID.randomUUID(),
              new StepDispatcher.Collaborators(
                  ENGINE,
                  plugins,
                  database,
                  query -> new Lookup.NotYet("no jobs come"),
                  new StepInvoker(calls, Clock.systemUTC()),
                  contexts,
                  new Feel(),
                  StepMetrics.none()),
              Map.of());
      notices =
          new Notices(
              new Notices.Ground(
                  database,
                  outbox,
                  approvals,
                  connections,
                  plugins.steps(),
                  dispatcher.hostSteps(),
                  site -> Optional.empty(),
                  () -> "https://segue.example.com"),
              new NoticeSettings(
                  email,
                  chat,
                  "messenger:tell:1",
                  Duration.ofMillis(50),
                  Duration.ofMillis(200),
                  Duration.ofDays(1)),
              () -> Instant.now().plus(ahead.get()));
      outbox.start();
      notices.start();
    }

    @Override
    public void close() {
      notices.close();
      dispatcher.close();
      outbox.close();
    }
  }

  private void awaitStates(long task, String state, int number) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(
                        database
                            .jooq()
                            .fetch("select state from segue.notice where user_task_key = ?", task)
                            .getValues(0, String.class))
                    .hasSize(number)
                    .allMatch(state::equals));
  }

  private int count(String from) {
    return database.jooq().fetchSingle("select count(*) from " + from).get(0, Integer.class);
  }

  private void user(String name, String role, String group, @Nullable String email) {
    var user = Json.object().put("username", name).put("password", PASSWORD);
    user.putArray("roles").add(role);
    user.putArray("groups").add(group);
    if (email != null) {
      user.put("email", email);
    }
    door.admin().post("/users", user).expect(201);
  }

  /** A user task for managers, in a live run that Carl started. */
  private void task(long key, @Nullable Instant due) {
    database
        .jooq()
        .insertInto(RUN)
        .set(RUN.RUN_ID, UUID.randomUUID())
        .set(RUN.WORKFLOW_ID, "menu")
        .set(RUN.PROCESS_INSTANCE_KEY, key + 1)
        .set(RUN.MODE, "live")
        .set(RUN.STARTED_BY, "carl")
        .set(RUN.START_KIND, "person")
        .set(RUN.STATE, "started")
        .execute();
    database
        .jooq()
        .insertInto(USER_TASK)
        .set(USER_TASK.USER_TASK_KEY, key)
        .set(USER_TASK.PROCESS_INSTANCE_KEY, key + 1)
        .set(USER_TASK.ELEMENT_INSTANCE_KEY, key + 2)
        .set(USER_TASK.ELEMENT_ID, "approve")
        .set(USER_TASK.BPMN_PROCESS_ID, "menu")
        .set(USER_TASK.PROCESS_DEFINITION_KEY, 7L)
        .set(USER_TASK.CANDIDATE_GROUPS, new String[] {"managers"})
        .set(USER_TASK.HEADERS, JSONB.valueOf("{\"segue.not-by\":\"starter\"}"))
        .set(USER_TASK.STATE, "created")
        .set(USER_TASK.CREATED_AT, Instant.now())
        .set(USER_TASK.DUE_AT, due)
        .execute();
  }
}
