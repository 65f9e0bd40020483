package dev.segue.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.http.Contract;
import dev.segue.server.testing.ApiClient;
import dev.segue.server.testing.ApiClient.Answer;
import dev.segue.server.testing.TestDoor;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleIT {

  private static final String PASSWORD = "a long enough password";

  private TestDoor door;

  @BeforeAll
  void open() {
    door = TestDoor.open();
  }

  @AfterAll
  void close() throws Exception {
    door.close();
  }

  @Test
  void theFirstAdministratorSignsInAndOut() {
    ApiClient admin = door.admin();
    JsonNode me = admin.get("/me").expect(200);
    assertThat(me.path("username").asString()).isEqualTo("admin");
    assertThat(me.path("roles").valueStream().map(JsonNode::asString)).contains("admin", "viewer");
    Answer out = admin.delete("/sessions/current");
    out.expect(204);
    assertThat(out.header("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    admin.get("/me").problem(401, "unauthenticated");
  }

  @Test
  void theCookieIsKeptFromScriptsAndOtherSites() {
    Answer answer =
        door.anybody()
            .post("/sessions", Map.of("username", "ADMIN", "password", door.adminPassword()));
    assertThat(answer.header("Set-Cookie").orElseThrow())
        .contains("HttpOnly")
        .contains("SameSite=Strict")
        .contains("Path=/");
  }

  @Test
  void aSessionEndsAfterTwelveHoursAndWhenUnused() {
    addUser("sleeper", List.of("viewer"));
    ApiClient sleeper = door.anybody().signIn("sleeper", PASSWORD);
    door.sleep(Duration.ofHours(5));
    sleeper.get("/me").problem(401, "unauthenticated");
  }

  @Test
  void aWrongPasswordIsRefusedAndSlowedDown() {
    addUser("victim", List.of("viewer"));
    for (int attempt = 0; attempt < 6; attempt++) {
      assertThat(wrong("victim").problem(401, "wrong-password")).contains("segue users reset");
    }
    Answer blocked = wrong("victim");
    assertThat(blocked.problem(429, "too-many")).contains("victim");
    assertThat(blocked.header("Retry-After")).isPresent();
    signIn("victim", PASSWORD).problem(429, "too-many");
    door.sleep(Duration.ofSeconds(5));
    signIn("victim", PASSWORD).expect(201);
    wrong("nobody-of-that-name").problem(401, "wrong-password");
  }

  @Test
  void aTokenHasTheRolesItWasGivenAndNoMore() {
    addUser("tess", List.of("operator", "designer"));
    ApiClient tess = door.anybody().signIn("tess", PASSWORD);
    JsonNode made =
        tess.post("/tokens", Map.of("name", "till", "roles", List.of("viewer"))).expect(201);
    ApiClient till = door.anybody().withToken(made.path("token").asString());
    assertThat(till.get("/me").expect(200).path("roles").toString()).isEqualTo("[\"viewer\"]");
    assertThat(till.post("/sites", site("north")).problem(403, "forbidden")).contains("designer");
    till.post("/tokens", Map.of("name", "more", "roles", List.of("designer")))
        .problem(403, "forbidden");
    tess.post("/tokens", Map.of("name", "till")).problem(409, "conflict");
    tess.delete("/tokens/" + made.path("id").asString()).expect(204);
    till.get("/me").problem(401, "unauthenticated");
  }

  @Test
  void aTokenEndsAtItsTime() {
    String expiry = door.now().plus(Duration.ofHours(1)).toString();
    JsonNode made =
        door.admin().post("/tokens", Map.of("name", "brief", "expiresAt", expiry)).expect(201);
    ApiClient brief = door.anybody().withToken(made.path("token").asString());
    brief.get("/me").expect(200);
    door.sleep(Duration.ofHours(2));
    brief.get("/me").problem(401, "unauthenticated");
    door.admin()
        .post("/tokens", Map.of("name", "late", "expiresAt", "2020-01-01T00:00:00Z"))
        .problem(422, "invalid");
  }

  @Test
  void repeatingAPostThatShowedASecretDoesNotShowItAgain() {
    ApiClient admin = door.admin().with("Idempotency-Key", "once");
    admin.post("/tokens", Map.of("name", "once")).expect(201);
    assertThat(admin.post("/tokens", Map.of("name", "once")).problem(409, "conflict"))
        .contains("only once");
  }

  @Test
  void repeatingAPostAddsNoSecondAccount() {
    ApiClient admin = door.admin().with("Idempotency-Key", "add-rosa");
    JsonNode first = admin.post("/users", newUser("rosa", List.of("viewer"))).expect(201);
    assertThat(admin.post("/users", newUser("rosa", List.of("viewer"))).expect(201))
        .isEqualTo(first);
    admin.post("/users", newUser("rose", List.of("viewer"))).problem(422, "idempotency-key-used");
    door.admin().post("/users", newUser("Rosa", List.of("viewer"))).problem(409, "conflict");
  }

  @Test
  void anEditNeedsTheVersionThatWasRead() {
    addUser("eddy", List.of("viewer"));
    ApiClient admin = door.admin();
    String tag = admin.get("/users/eddy").header("ETag").orElseThrow();
    Map<String, Object> patch = Map.of("displayName", "Eddy E.");
    admin.patch("/users/eddy", patch).problem(400, "bad-request");
    JsonNode changed = admin.with("If-Match", tag).patch("/users/eddy", patch).expect(200);
    assertThat(changed.path("displayName").asString()).isEqualTo("Eddy E.");
    admin.with("If-Match", tag).patch("/users/eddy", patch).problem(412, "edited");
  }

  @Test
  void aDisabledAccountIsOutAtOnce() {
    addUser("gone", List.of("viewer"));
    ApiClient gone = door.anybody().signIn("gone", PASSWORD);
    ApiClient admin = door.admin();
    String tag = admin.get("/users/gone").header("ETag").orElseThrow();
    admin.with("If-Match", tag).patch("/users/gone", Map.of("disabled", true)).expect(200);
    gone.get("/me").problem(401, "unauthenticated");
    signIn("gone", PASSWORD).problem(403, "forbidden");
  }

  @Test
  void theLastAdministratorStays() {
    ApiClient admin = door.admin();
    String tag = admin.get("/users/admin").header("ETag").orElseThrow();
    assertThat(
            admin
                .with("If-Match", tag)
                .patch("/users/admin", Map.of("roles", List.of("viewer")))
                .problem(409, "conflict"))
        .contains("last administrator");
  }

  @Test
  void anAdministratorResetsAForgottenPassword() {
    addUser("forgot", List.of("viewer"));
    ApiClient old = door.anybody().signIn("forgot", PASSWORD);
    JsonNode reset = door.admin().post("/users/forgot/password", Map.of()).expect(200);
    old.get("/me").problem(401, "unauthenticated");
    wrong("forgot").problem(401, "wrong-password");
    ApiClient fresh = door.anybody().signIn("forgot", reset.path("password").asString());
    assertThat(fresh.get("/me").expect(200).path("passwordChangeDue").asBoolean()).isTrue();
    fresh
        .post(
            "/me/password",
            Map.of("current", reset.path("password").asString(), "new", "another long password"))
        .expect(204);
    assertThat(fresh.get("/me").expect(200).path("passwordChangeDue").asBoolean()).isFalse();
  }

  @Test
  void theTerminalOnTheServersMachineHasOneTokenPerHome() {
    String first = door.people().newLocalToken("home-a");
    String other = door.people().newLocalToken("home-b");
    String second = door.people().newLocalToken("home-a");
    door.anybody().withToken(first).get("/me").problem(401, "unauthenticated");
    assertThat(door.anybody().withToken(second).get("/me").expect(200).path("username").asString())
        .isEqualTo("local");
    door.anybody().withToken(other).get("/users").expect(200);
    signIn("local", "!").problem(401, "wrong-password");
    door.admin().post("/users/local/password", Map.of()).problem(409, "conflict");
  }

  @Test
  void listsComeInPages() {
    for (String name : List.of("page-a", "page-b", "page-c")) {
      addUser(name, List.of("viewer"));
    }
    ApiClient admin = door.admin();
    Set<String> seen = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = admin.get("/users?limit=2" + cursor).expect(200);
      page.path("items")
          .forEach(user -> assertThat(seen.add(user.path("username").asString())).isTrue());
      cursor = page.has("next") ? "&cursor=" + page.path("next").asString() : "";
    } while (!cursor.isEmpty());
    assertThat(seen).contains("admin", "page-a", "page-b", "page-c");
    admin.get("/tokens?cursor=bm9wZQ").problem(400, "bad-request");
  }

  @Test
  void noDoorOpensWithoutSignIn() {
    for (String endpoint : Contract.load().endpoints()) {
      String method = endpoint.split(" ")[0];
      String path = endpoint.split(" ")[1].replaceAll("\\{[^}]+}", "1");
      if (!endpoint.equals("POST /api/v1/sessions")) {
        int status =
            door.anybody().send(method, "/" + path, BodyPublishers.noBody(), null).status();
        assertThat(status).as(endpoint).isIn(401, 405);
      }
    }
    door.anybody().get("/users").problem(401, "unauthenticated");
  }

  @Test
  void theAuditTrailSaysWhoDidWhat() {
    addUser("audited", List.of("viewer"));
    JsonNode trail = door.admin().get("/audit?subjectId=audited&action=user.create").expect(200);
    assertThat(trail.path("items").size()).isEqualTo(1);
    assertThat(trail.at("/items/0/actor").asString()).isEqualTo("admin");
    assertThat(trail.at("/items/0/detail/roles/0").asString()).isEqualTo("viewer");
    assertThat(trail.toString()).doesNotContain(PASSWORD);
  }

  @Test
  void theAuditTrailShowsWhenItWasTamperedWith() throws Exception {
    try (TestDoor other = TestDoor.open()) {
      ApiClient admin = other.admin();
      other.admin();
      JsonNode whole = admin.get("/audit/verification").expect(200);
      assertThat(whole.path("intact").asBoolean()).isTrue();
      assertThat(whole.path("entries").asInt()).isGreaterThanOrEqualTo(3);
      assertThatThrownBy(
              () -> other.database().jooq().execute("update segue.audit set actor = 'eve'"))
          .isInstanceOf(DataAccessException.class)
          .hasMessageContaining("append-only");

      tamper(other, "update segue.audit set actor = 'eve' where seq = 2");
      JsonNode broken = admin.get("/audit/verification").expect(200);
      assertThat(broken.path("intact").asBoolean()).isFalse();
      assertThat(broken.path("firstBroken").asInt()).isEqualTo(2);
    }
  }

  @Test
  void theAuditTrailShowsWhenAnEntryIsMissing() throws Exception {
    try (TestDoor other = TestDoor.open()) {
      other.admin();
      ApiClient admin = other.admin();
      tamper(other, "delete from segue.audit where seq = 2");
      JsonNode broken = admin.get("/audit/verification").expect(200);
      assertThat(broken.path("firstBroken").asInt()).isEqualTo(3);
    }
  }

  private static void tamper(TestDoor door, String sql) throws SQLException {
    var superuser = door.superuser();
    try (Connection connection =
            DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
        Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(sql);
    }
  }

  private void addUser(String name, List<String> roles) {
    door.admin().post("/users", newUser(name, roles)).expect(201);
  }

  private static Map<String, Object> newUser(String name, List<String> roles) {
    return Map.of("username", name, "password", PASSWORD, "roles", roles);
  }

  private static Map<String, Object> site(String id) {
    return Map.of("id", id, "name", id, "zone", "Europe/Berlin", "currency", "EUR");
  }

  private Answer wrong(String name) {
    return signIn(name, "not the password");
  }

  private Answer signIn(String name, String password) {
    return door.anybody().post("/sessions", Map.of("username", name, "password", password));
  }
}
