package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.cli.FakeApi.Reply;
import dev.segue.server.cli.Shell.Result;
import dev.segue.server.cli.api.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people can rely on when they start, stop, watch and sign in to a server. */
class ServerCommandsIT {

  private static final String READY =
      """
      {"state": "ready", "version": "1", "url": "http://x", "openAlarms": 0,
       "components": [{"name": "database", "state": "ready"}]}
      """;

  @TempDir private Path folder;
  private FakeApi api;
  private Shell shell;
  private Path home;

  @BeforeEach
  void start() throws IOException {
    api = new FakeApi();
    shell = new Shell(folder);
    home = Files.createDirectories(folder.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private void serverRuns(long pid, Instant startedAt) throws IOException {
    Files.writeString(
        home.resolve("server.json"),
        Json.compact(
            Json.object()
                .put("url", api.url().toString())
                .put("pid", pid)
                .put("startedAt", startedAt.toString())));
    Files.writeString(home.resolve("cli-token"), "home-token\n");
  }

  @Test
  void onTheServersOwnAccountCommandsSignInByTheHomeFolder() throws IOException {
    serverRuns(ProcessHandle.current().pid(), Instant.now());
    api.on("GET /status", READY);

    Result status = shell.run("status");

    assertThat(status.exitCode()).isZero();
    assertThat(status.out()).contains("database").contains("http://x");
    assertThat(api.lastCall().headers()).containsEntry("Authorization", "Bearer home-token");
  }

  @Test
  void statusFailsUnlessAllIsReady() throws IOException {
    Result stopped = shell.run("status");
    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.out()).contains("isn't running").contains("segue up");
    assertThat(shell.run("status", "-o", "json").out()).contains("\"stopped\"");

    serverRuns(ProcessHandle.current().pid(), Instant.now());
    api.on("GET /status", READY.replaceFirst("ready", "degraded"));
    assertThat(shell.run("status").exitCode()).isEqualTo(1);
  }

  @Test
  void aLaterProcessWithTheSameNumberIsNotTheServer() throws IOException {
    serverRuns(ProcessHandle.current().pid(), Instant.parse("2001-01-01T00:00:00Z"));

    assertThat(shell.run("status").out()).contains("ended").contains("without being stopped");
    Result down = shell.run("down");
    assertThat(down.exitCode()).isZero();
    assertThat(down.out()).contains("isn't running");
  }

  @Test
  void theHomeFoldersTokenGoesToNoOtherServer() throws IOException {
    serverRuns(ProcessHandle.current().pid(), Instant.now());
    try (FakeApi other = new FakeApi()) {
      Result result = shell.run("runs", "list", "--url", other.url().toString());

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).contains("segue login " + other.url());
      assertThat(other.calls()).isEmpty();
    }
  }

  @Test
  void downEndsTheServersProcessInOrder() throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    try {
      serverRuns(process.pid(), Instant.now());

      Result down = shell.run("down");

      assertThat(down.exitCode()).isZero();
      assertThat(down.out()).contains("Segue has stopped.");
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void upSaysWhatItDoesWhereToLookAndHowToSignIn() throws IOException {
    Files.writeString(home.resolve("admin-password"), "x");
    FakeServer server = new FakeServer(null);

    Result up =
        shell
            .launching(
                (folderOfServer, settings) -> {
                  assertThat(folderOfServer).isEqualTo(home);
                  assertThat(settings)
                      .containsEntry("http.port", "0")
                      .containsEntry("a.b", "c")
                      .containsEntry("engine.address", "zeebe://e:1");
                  return server;
                })
            .run("up", "--port", "0", "--engine", "zeebe://e:1", "--set", "a.b=c");

    assertThat(up.exitCode()).isZero();
    assertThat(up.lines())
        .startsWith("starting the database", "Segue is ready at http://127.0.0.1:1234");
    assertThat(up.out()).contains("admin").contains(home.resolve("admin-password").toString());
    assertThat(server.closed).isTrue();
  }

  @Test
  void aStartThatFailsIsOneClearLine() {
    FakeServer server = new FakeServer(new IOException("Port 8585 is taken. Use --port."));

    Result up = shell.launching((folderOfServer, settings) -> server).run("up");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.err()).isEqualToIgnoringNewLines("segue: Port 8585 is taken. Use --port.");
    assertThat(server.closed).isTrue();
  }

  @Test
  void aSecondServerOnTheSameHomeFolderIsRefused() throws IOException {
    serverRuns(ProcessHandle.current().pid(), Instant.now());

    Result up = shell.run("up");

    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.err()).contains(home.toString()).contains("segue down");
  }

  @Test
  void loginKeepsATokenThatOnlyTheOwnerCanReadAndLogoutRevokesIt() throws IOException {
    api.on(
        "POST /sessions",
        call ->
            Reply.json("{\"username\": \"ada\", \"csrfToken\": \"c-1\"}")
                .with("Set-Cookie", "segue_session=s-1; Path=/; HttpOnly"));
    api.on("POST /tokens", "{\"id\": \"t-1\", \"token\": \"tok\"}");
    api.on("DELETE /sessions/current", call -> new Reply(204, "", Map.of()));
    api.on("DELETE /tokens/t-1", call -> new Reply(204, "", Map.of()));
    api.on("GET /runs", "{\"items\": []}");

    Result login = shell.typing("ada", "pass word").run("login", api.url().toString());

    assertThat(login.exitCode()).isZero();
    assertThat(login.out()).contains("as ada");
    assertThat(api.calls().getFirst().body()).contains("pass word");
    assertThat(api.calls().get(1).headers())
        .containsEntry("Cookie", "segue_session=s-1")
        .containsEntry("X-csrf-token", "c-1");
    Path kept = folder.resolve("config/segue/credentials.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(kept)).doesNotContain("pass word");

    assertThat(shell.run("runs", "list").exitCode()).isZero();
    assertThat(api.lastCall().headers()).containsEntry("Authorization", "Bearer tok");

    assertThat(shell.run("logout").exitCode()).isZero();
    assertThat(api.lastCall().path()).isEqualTo("/tokens/t-1");
    assertThat(shell.run("runs", "list").err()).contains("segue login URL");
  }

  @Test
  void aTokenMayBePipedInAndIsTriedFirst() {
    api.on(
        "GET /me",
        call ->
            "Bearer good".equals(call.headers().get("Authorization"))
                ? Reply.json("{\"username\": \"bot\"}")
                : Reply.problem(401, "{\"detail\": \"The token is unknown.\"}"));

    assertThat(shell.piping("bad\n").run("login", api.url().toString(), "--token-stdin").err())
        .contains("The token is unknown.");
    assertThat(shell.piping("good\n").run("login", api.url().toString(), "--token-stdin").out())
        .contains("as bot");
    assertThat(shell.piping("").run("login", api.url().toString()).exitCode()).isEqualTo(2);
  }

  @Test
  void doctorNamesWhatToMend() throws IOException {
    Files.writeString(home.resolve("cli-token"), "x");
    Files.setPosixFilePermissions(
        home.resolve("cli-token"), PosixFilePermissions.fromString("rw-r--r--"));

    Result doctor = shell.run("doctor");

    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.out()).contains("chmod go= " + home.resolve("cli-token"));
    assertThat(shell.run("doctor", "-o", "json").out()).contains("\"state\" : \"fail\"");
  }

  @Test
  void theShellCanCompleteCommands() {
    assertThat(shell.run("completion").out()).contains("approvals").contains("complete -F");
  }

  /** A server that is ready at once and ends by itself. */
  private static final class FakeServer implements ServerLauncher.Server {

    private final Exception failure;
    private boolean closed;

    FakeServer(Exception failure) {
      this.failure = failure;
    }

    @Override
    public URI start(Consumer<String> progress) throws Exception {
      progress.accept("starting the database");
      if (failure != null) {
        throw failure;
      }
      return URI.create("http://127.0.0.1:1234");
    }

    @Override
    public void awaitEnd() {}

    @Override
    public void close() {
      closed = true;
    }
  }
}
