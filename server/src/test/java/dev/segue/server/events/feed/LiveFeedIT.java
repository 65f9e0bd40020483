package dev.segue.server.events.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.segue.server.events.AfterCommit;
import dev.segue.server.http.ApiServer;
import dev.segue.server.http.ApiServerSettings;
import dev.segue.server.http.Contract;
import dev.segue.server.http.Metrics;
import dev.segue.server.http.ui.UiFiles;
import dev.segue.server.people.People;
import dev.segue.server.storage.Database;
import dev.segue.server.storage.DatabaseSettings;
import dev.segue.server.testing.EventReader;
import dev.segue.server.testing.EventReader.Event;
import dev.segue.server.testing.TestDoor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a client of the live feed can rely on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveFeedIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PASSWORD = "long enough to be one";

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicReference<LiveFeed> feed = new AtomicReference<>();
  private final TestDoor door =
      TestDoor.open(
          (database, people) -> {
            feed.set(new LiveFeed(database, meters));
            return feed.get().operations();
          });
  private final Database database = door.database();
  private final DSLContext db = database.jooq();
  private final String token = people(List.of("viewer"), null);

  @BeforeAll
  void awaitTheFeed() {
    awaitTelling(door.url());
  }

  @AfterAll
  void stop() throws Exception {
    feed.get().close();
    door.close();
  }

  @Test
  void tellsWhatWasCommittedAndNothingThatWasRolledBack() {
    try (EventReader reader = read("?topic=alarm")) {
      UUID never = UUID.randomUUID();
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      tx -> {
                        raise(tx, never);
                        throw new IllegalStateException("roll back");
                      }))
          .isInstanceOf(IllegalStateException.class);
      UUID raised = UUID.randomUUID();
      database.inTransaction(
          tx -> {
            raise(tx, raised);
            assertThat(reader.events()).isEmpty();
          });
      Event event = reader.awaitEvent(about(raised));
      assertThat(event.name()).isEqualTo("alarm");
      assertThat(event.state()).isEqualTo("raised");
      assertThat(event.data().path("at").asString()).endsWith("Z");
      db.execute("update segue.alarm set cleared_at = now() where alarm_id = ?", raised);
      reader.awaitEvent(
          told -> told.subject().equals("" + raised) && told.state().equals("cleared"));
      assertThat(reader.events()).noneMatch(about(never));
    }
  }

  @Test
  void isAStreamThatNobodyHoldsBackOrKeeps() {
    try (EventReader reader =
        new EventReader(
            door.url() + "/api/v1/events",
            "Authorization",
            "Bearer " + token,
            "Accept-Encoding",
            "gzip, br")) {
      Map<String, List<String>> headers = reader.ready().answer().headers().map();
      assertThat(reader.answer().statusCode()).isEqualTo(200);
      assertThat(headers.get("content-type")).containsExactly("text/event-stream");
      assertThat(headers.get("cache-control")).containsExactly("no-store, no-transform");
      assertThat(headers.getOrDefault("content-encoding", List.of("identity")))
          .containsExactly("identity");
    }
  }

  @Test
  void aClientThatHasGoneIsForgotten() {
    try (EventReader one = read("");
        EventReader two = read("")) {
      assertThat(one.hasEnded() || two.hasEnded()).isFalse();
      assertThat(clients()).isGreaterThanOrEqualTo(2);
    }
    await().atMost(SOON).until(() -> clients() == 0);
  }

  private double clients() {
    return meters.get("segue.events.clients").gauge().value();
  }

  @Test
  void whoResumesGetsExactlyWhatWasMissed() {
    UUID seen = UUID.randomUUID();
    String last;
    try (EventReader reader = read("?topic=alarm")) {
      raise(db, seen);
      last = reader.awaitEvent(about(seen)).id();
    }
    List<UUID> missed = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    raise(db, missed.get(0));
    database.inTransaction(tx -> missed.subList(1, 3).forEach(id -> raise(tx, id)));
    awaitTelling(door.url());
    try (EventReader reader = read("?topic=alarm", "Last-Event-ID", last)) {
      reader.awaitEvent(about(missed.get(2)));
      assertThat(reader.events().stream().map(Event::subject).limit(3))
          .containsExactlyElementsOf(missed.stream().map(UUID::toString).toList());
      assertThat(reader.events()).noneMatch(about(seen));
    }
  }

  @Test
  void whoResumesFromWhatNobodyKnowsReadsEverythingAgain() {
    try (EventReader reader = read("", "Last-Event-ID", "4711.1")) {
      assertThat(reader.awaitEvent(event -> true).name()).isEqualTo("reset");
      UUID raised = UUID.randomUUID();
      raise(db, raised);
      reader.awaitEvent(about(raised));
    }
  }

  @Test
  void clientsGetOnlyWhatTheyAskedFor() {
    UUID run = UUID.randomUUID();
    UUID called = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    insertRun(run, null, "bake", "north");
    insertRun(called, run, "knead", "north");
    insertRun(other, null, "bake", "south");
    try (EventReader ofRun = read("?run=" + run);
        EventReader ofWorkflow = read("?workflow=bake&topic=run&topic=incident");
        EventReader ofSite = read("?site=south")) {
      for (UUID id : List.of(run, called, other)) {
        db.execute("update segue.run set cancel_requested_at = now() where run_id = ?", id);
      }
      db.execute("select segue.tell('{\"topic\": \"alarm\", \"id\": \"end\"}')");
      Event event = ofRun.awaitEvent(about(called));
      assertThat(event.state()).isEqualTo("cancelling");
      assertThat(event.data().path("root").asString()).isEqualTo(run.toString());
      ofWorkflow.awaitEvent(about(other));
      ofSite.awaitEvent(about(other));
      assertThat(ofRun.events().stream().map(Event::subject))
          .containsExactly(run.toString(), called.toString());
      assertThat(ofWorkflow.events().stream().map(Event::subject))
          .containsExactly(run.toString(), other.toString());
      assertThat(ofSite.events()).hasSize(1);
    }
    assertThat(
            door.anybody()
                .withToken(token)
                .get("/events?topic=weather")
                .problem(400, "bad-request"))
        .isNotEmpty();
    door.anybody().get("/events").problem(401, "unauthenticated");
  }

  @Test
  void peopleOfSomeSitesHearOnlyOfThese() {
    String limited = people(List.of("viewer"), List.of("north"));
    try (EventReader reader = readAs(limited, door.url(), "?topic=run&topic=alarm")) {
      UUID ours = UUID.randomUUID();
      UUID theirs = UUID.randomUUID();
      insertRun(theirs, null, "bake", "south");
      insertRun(ours, null, "bake", "north");
      db.execute("update segue.run set cancel_requested_at = now() where run_id = ?", theirs);
      db.execute("update segue.run set cancel_requested_at = now() where run_id = ?", ours);
      UUID ofNoSite = UUID.randomUUID();
      raise(db, ofNoSite);
      reader.awaitEvent(about(ours));
      reader.awaitEvent(about(ofNoSite));
      assertThat(reader.events()).noneMatch(about(theirs));
    }
  }

  @Test
  void aClientThatDoesNotReadLosesItsBacklogAndNobodyElseNotices() throws Exception {
    try (Socket slow = new Socket();
        EventReader other = read("?topic=alarm")) {
      slow.setReceiveBufferSize(8 << 10);
      slow.setSoTimeout((int) SOON.toMillis());
      slow.connect(new InetSocketAddress("127.0.0.1", port(door.url())));
      String request =
          "GET /api/v1/events?topic=progress HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(token);
      slow.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream in = slow.getInputStream();
      awaitText(in, "retry: 2000");
      db.execute(
          """
          select segue.tell(jsonb_build_object('topic', 'progress', 'id', n, 'text', repeat('x', 7000)))
          from generate_series(1, 4000) n
          """);
      UUID raised = UUID.randomUUID();
      raise(db, raised);
      other.awaitEvent(about(raised));
      awaitText(in, "event: reset");
      db.execute("select segue.tell('{\"topic\": \"progress\", \"id\": \"after\"}')");
      awaitText(in, "\"after\"");
    }
  }

  @Test
  void allServersOfADatabaseTellTheSameAndClientsMayGoFromOneToTheOther() throws Exception {
    try (Database second =
            Database.open(database.address(), DatabaseSettings.defaults(), AfterCommit.provider());
        Metrics metrics = new Metrics();
        LiveFeed secondFeed = new LiveFeed(second, new SimpleMeterRegistry());
        ApiServer server = serve(second, secondFeed, metrics)) {
      String url = "http://127.0.0.1:" + server.port();
      awaitTelling(url);
      UUID first = UUID.randomUUID();
      String last;
      try (EventReader here = read("?topic=alarm");
          EventReader there = readAs(token, url, "?topic=alarm")) {
        raise(db, first);
        last = here.awaitEvent(about(first)).id();
        assertThat(there.awaitEvent(about(first)).id()).isEqualTo(last);
      }
      UUID missed = UUID.randomUUID();
      raise(db, missed);
      try (EventReader there = readAs(token, url, "?topic=alarm", "Last-Event-ID", last)) {
        assertThat(there.awaitEvent(event -> true).subject()).isEqualTo(missed.toString());
      }
    }
  }

  @Test
  void aLostConnectionToTheDatabaseHealsAndClientsReadAgain() {
    try (EventReader reader = read("?topic=alarm")) {
      db.execute(
          """
          select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'segue-notifications' and datname = current_database()
          """);
      reader.awaitEvent(event -> event.name().equals("reset"));
      UUID raised = UUID.randomUUID();
      raise(db, raised);
      reader.awaitEvent(about(raised));
    }
  }

  @Test
  void aStreamEndsWithTheSignInThatItWasOpenedWith() {
    String cookie =
        door.anybody()
            .post("/sessions", Map.of("username", "admin", "password", door.adminPassword()))
            .header("Set-Cookie")
            .orElseThrow()
            .split(";", 2)[0];
    String revoked = people(List.of("viewer"), null);
    try (EventReader bySession =
            new EventReader(door.url() + "/api/v1/events", "Cookie", cookie).ready();
        EventReader byToken = readAs(revoked, door.url(), "");
        EventReader stays = read("")) {
      db.execute("delete from segue.session where session_hash = sha256(?)", bytes(cookie));
      db.execute(
          "update segue.api_token set revoked_at = now() where token_hash = sha256(?)",
          revoked.getBytes(StandardCharsets.UTF_8));
      await().atMost(SOON).until(() -> bySession.hasEnded() && byToken.hasEnded());
      assertThat(stays.hasEnded()).isFalse();
    }
  }

  @Test
  void whatPeopleDoToThingsIsToldByTheTablesThemselves() {
    UUID run = UUID.randomUUID();
    insertRun(run, null, "bake", "north");
    db.execute("update segue.run set process_instance_key = 7 where run_id = ?", run);
    insertHistory();
    try (EventReader reader = read("?site=north");
        EventReader ofNoSite = read("?topic=workflow&topic=connection")) {
      db.execute(
          "insert into segue.incident_resolution (resolution_id, incident_key, action, requested_by)"
              + " values (gen_random_uuid(), 9, 'retry', 'mia')");
      db.execute(
          "insert into segue.approval_comment (comment_id, user_task_key, author, body)"
              + " values (gen_random_uuid(), 8, 'mia', 'why?')");
      db.execute(
          """
          insert into segue.decision
            (decision_id, vote_id, user_task_key, outcome, by_kind, decided_by, state)
          values (gen_random_uuid(), gen_random_uuid(), 8, 'approved', 'person', 'mia', 'deciding')
          """);
      db.execute(
          """
          insert into segue.change_set (set_id, run_id, step_type, plugin_id, plugin_version, site_id,
            mode, title, hash, count, state, created_by)
          values (gen_random_uuid(), ?, 'a:b:1', 'a', '1.0.0', 'north', 'live', 't', 'h', 1, 'planned',
            'a')
          """,
          run);
      db.execute("update segue.run set state = 'refused' where run_id = ?", run);
      db.execute(
          "insert into segue.workflow (workflow_id, title, latest_version) values ('bake', 'Bake', 1)");
      db.execute(
          "insert into segue.connection (name, type, updated_by) values ('till', 'a:b', 'mia')");
      db.execute("delete from segue.connection where name = 'till'");

      ofNoSite.awaitEvent(event -> event.state().equals("deleted"));
      assertThat(ofNoSite.events().stream().map(Event::subject)).startsWith("bake", "till");
      reader.awaitEvent(event -> event.state().equals("refused"));
      assertThat(reader.events())
          .extracting(Event::name, Event::state)
          .containsSubsequence(
              tuple("incident", "resolving"),
              tuple("approval", "deciding"),
              tuple("changes", "planned"),
              tuple("run", "refused"));
      assertThat(reader.events())
          .allMatch(event -> event.data().path("run").asString().equals(run.toString()));
    }
  }

  @Test
  void tellsHowFarAStepHasCome() {
    try (EventReader reader = read("?topic=progress");
        ProgressTeller progress = new ProgressTeller(database, Clock.systemUTC())) {
      String run = UUID.randomUUID().toString();
      for (int i = 1; i <= 100; i++) {
        progress.tell(
            new ProgressTeller.Step(run, "bake", "north", "knead", i / 100.0, "loaf \0" + i));
      }
      Event last = reader.awaitEvent(event -> event.data().path("fraction").asDouble() == 1.0);
      assertThat(last.data().path("text").asString()).isEqualTo("loaf 100");
      assertThat(last.data().path("site").asString()).isEqualTo("north");
      assertThat(last.subject()).isEqualTo("knead");
      assertThat(reader.events()).hasSizeLessThan(10);
    }
  }

  private static Predicate<Event> about(UUID id) {
    return event -> event.subject().equals(id.toString());
  }

  private static void raise(DSLContext tx, UUID id) {
    tx.execute(
        "insert into segue.alarm (alarm_id, kind, subject, severity, message)"
            + " values (?, 'test', ?, 'warning', 'look')",
        id,
        id.toString());
  }

  private void insertRun(UUID id, UUID root, String workflow, String site) {
    db.execute(
        """
        insert into segue.run (run_id, root_run_id, workflow_id, mode, site_id, started_by,
          start_kind, state)
        values (?, ?, ?, 'live', ?, 'mia', 'person', 'starting')
        """,
        id,
        root,
        workflow,
        site);
  }

  private void insertHistory() {
    db.execute(
        """
        insert into history.incident (incident_key, process_instance_key, element_instance_key,
          element_id, error_type, message, state, created_at)
        values (9, 7, 1, 'bake', 'JOB_NO_RETRIES', 'no', 'open', now())
        """);
    db.execute(
        """
        insert into history.user_task (user_task_key, process_instance_key, element_instance_key,
          element_id, bpmn_process_id, process_definition_key, state, created_at)
        values (8, 7, 1, 'ask', 'bake', 1, 'created', now())
        """);
  }

  /** Makes an account with a token, and answers the token. */
  private String people(List<String> roles, List<String> sites) {
    String name = "p" + UUID.randomUUID().toString().substring(0, 8);
    Map<String, Object> user = new HashMap<>();
    user.put("username", name);
    user.put("password", PASSWORD);
    user.put("roles", roles);
    if (sites != null) {
      user.put("sites", sites);
    }
    door.admin().post("/users", user).expect(201);
    return door.anybody()
        .signIn(name, PASSWORD)
        .post("/tokens", Map.of("name", "feed", "roles", roles))
        .expect(201)
        .path("token")
        .asString();
  }

  private EventReader read(String query, String... headers) {
    return readAs(token, door.url(), query, headers);
  }

  private static EventReader readAs(String token, String url, String query, String... more) {
    String[] headers = new String[more.length + 2];
    headers[0] = "Authorization";
    headers[1] = "Bearer " + token;
    System.arraycopy(more, 0, headers, 2, more.length);
    EventReader reader = new EventReader(url + "/api/v1/events" + query, headers);
    return more.length == 0 ? reader.ready() : reader;
  }

  /** A server listens a moment after it has started. */
  private void awaitTelling(String url) {
    try (EventReader reader = readAs(token, url, "?topic=alarm")) {
      await()
          .atMost(SOON)
          .until(
              () -> {
                raise(db, UUID.randomUUID());
                return reader.events().stream().anyMatch(event -> event.name().equals("alarm"));
              });
    }
  }

  private static ApiServer serve(Database database, LiveFeed feed, Metrics metrics)
      throws Exception {
    People people = new People(database, Clock.systemUTC(), false);
    return ApiServer.start(
        new ApiServerSettings("127.0.0.1", 0),
        new ApiServer.Parts(
            Contract.load(),
            feed.operations(),
            people.authenticator(),
            people.idempotency(),
            fault -> Optional.empty(),
            () -> true,
            metrics,
            UiFiles.of("ui")));
  }

  private static int port(String url) {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  private static byte[] bytes(String cookie) {
    return cookie.substring(cookie.indexOf('=') + 1).getBytes(StandardCharsets.UTF_8);
  }

  private static void awaitText(InputStream in, String wanted) throws Exception {
    StringBuilder window = new StringBuilder();
    byte[] buffer = new byte[64 << 10];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      window.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
      if (window.indexOf(wanted) >= 0) {
        return;
      }
      window.delete(0, Math.max(0, window.length() - wanted.length()));
    }
    throw new AssertionError("the stream ended without " + wanted);
  }
}
