package dev.segue.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.http.Contract;
import dev.segue.server.http.Json;
import dev.segue.server.storage.DatabaseAddress;
import dev.segue.server.storage.testing.TestPostgres;
import dev.segue.server.testing.ApiClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server on a home folder of its own, whose engine is away. */
class SegueServerIT {

  @TempDir private Path folder;

  private final List<String> progress = new CopyOnWriteArrayList<>();
  private DatabaseAddress address;

  @BeforeEach
  void makeDatabase() {
    address = TestPostgres.shared().migrated();
  }

  @AfterEach
  void dropDatabase() {
    TestPostgres.shared().drop(address);
  }

  @Test
  void startsServesAndStopsInOrder() throws Exception {
    String token;
    try (Home home = Home.open(folder.resolve("home"));
        SegueServer server = server(home, 0)) {
      server.start();
      token = Files.readString(home.resolve(Home.TOKEN_FILE)).strip();
      ApiClient terminal = new ApiClient(server.url()).withToken(token);

      JsonNode status = terminal.get("/status").expect(200);
      assertThat(status.path("state").asString()).isEqualTo("degraded");
      assertThat(status.path("url").asString()).isEqualTo(server.url());
      assertThat(status.path("servers").size()).isEqualTo(1);
      assertThat(status.path("components").toString())
          .contains("\"engine\",\"state\":\"not-ready\"");
      assertThat(get(server, "//health/ready")).isEqualTo(503);
      assertThat(get(server, "//health/live")).isEqualTo(200);
      assertThat(get(server, "//metrics")).isEqualTo(401);

      JsonNode file = Json.parse(Files.readString(home.resolve(Home.SERVER_FILE)));
      assertThat(file.path("url").asString()).isEqualTo(server.url());
      assertThat(file.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
      String password = Files.readString(home.resolve(Home.PASSWORD_FILE)).strip();
      new ApiClient(server.url()).signIn("admin", password).get("/users").expect(200);
      assertThat(terminal.get("/contract").raw().body()).startsWith("openapi: 3.1");
    }
    assertThat(folder.resolve("home").resolve(Home.SERVER_FILE)).doesNotExist();
    assertThat(progress).contains("opening the door", "stopping HTTP");

    try (Home home = Home.open(folder.resolve("home"));
        SegueServer again = server(home, 0)) {
      again.start();
      ApiClient old = new ApiClient(again.url()).withToken(token);
      old.get("/me").problem(401, "unauthenticated");
      String fresh = Files.readString(home.resolve(Home.TOKEN_FILE)).strip();
      JsonNode status = new ApiClient(again.url()).withToken(fresh).get("/status").expect(200);
      assertThat(status.path("servers").size()).as("the first start is over").isEqualTo(1);
    }
  }

  @Test
  void everyOperationOfTheContractIsThereAndNeedsASignIn() throws Exception {
    try (Home home = Home.open(folder.resolve("home"));
        SegueServer server = server(home, 0)) {
      server.start();
      ApiClient anybody = new ApiClient(server.url());
      for (String endpoint : Contract.load().endpoints()) {
        String method = endpoint.split(" ")[0];
        String path = "/" + endpoint.split(" ")[1].replaceAll("\\{[^}]+}", "1");
        // Who calls a webhook signs in by its signature.
        if (!endpoint.equals("POST /api/v1/sessions") && !endpoint.startsWith("POST /hooks/")) {
          assertThat(anybody.send(method, path, BodyPublishers.noBody(), null).status())
              .as(endpoint)
              .isEqualTo(401);
        }
      }
    }
  }

  @Test
  void saysWhichPortIsTakenAndWhichSettingChangesIt() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Home home = Home.open(folder.resolve("home"));
        SegueServer server = server(home, other.getLocalPort())) {
      assertThatThrownBy(server::start)
          .isInstanceOf(StartException.class)
          .hasMessageContaining("Port " + other.getLocalPort())
          .hasMessageContaining("http.port")
          .hasMessageContaining("--port");
      assertThat(home.resolve(Home.SERVER_FILE)).doesNotExist();
    }
  }

  @Test
  void aHomeFolderIsItsOwnersAloneAndHasOneServer() throws Exception {
    Path path = folder.resolve("home");
    try (Home home = Home.open(path)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rwx------");
      home.write("secret", "s");
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("secret"))))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> Home.open(path))
          .isInstanceOf(HomeException.class)
          .hasMessageContaining("Another Segue server")
          .hasMessageContaining(path.toString())
          .hasMessageContaining("segue down");
    }
    try (Home again = Home.open(path)) {
      assertThat(again.previousServerId()).isPresent().get().isNotEqualTo(again.serverId());
    }
  }

  @Test
  void aHomeFolderThatCannotBeWrittenOrIsNewerIsRefused() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Home.open(file.resolve("home")))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("--home");

    Path newer = folder.resolve("newer");
    Home.open(newer).close();
    Files.writeString(newer.resolve("layout"), Integer.toString(Home.LAYOUT + 1));
    assertThatThrownBy(() -> Home.open(newer))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("A newer Segue");
  }

  private SegueServer server(Home home, int port) throws SettingsException {
    Settings settings =
        Settings.read(
            "",
            Map.of(),
            Map.of(
                "http.port", Integer.toString(port),
                "database.address", address.url(),
                "database.user", address.user(),
                "database.password", address.password(),
                "engine.address", "zeebe://127.0.0.1:1",
                "sample", "false"));
    return new SegueServer(
        home, settings, new Distribution(folder.resolve("nothing-installed")), progress::add);
  }

  private static int get(SegueServer server, String path) {
    return new ApiClient(server.url()).get(path).status();
  }
}
