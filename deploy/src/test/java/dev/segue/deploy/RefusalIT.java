package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What Segue can't use gets one clear answer, which names the place and the mend, and changes
 * nothing.
 */
class RefusalIT {

  private static final long HUGE = 100_000_000;

  @TempDir private static Path folder;
  private static Path home;
  private static RunningSegue segue;

  @BeforeAll
  static void start() {
    home = folder.resolve("home");
    segue = RunningSegue.start(home, "--set", "sample=false");
  }

  @AfterAll
  static void stop() {
    if (segue != null) {
      segue.close();
    }
  }

  /** Nothing is set up before: database and engine take their time. */
  @Test
  void aPortThatIsTaken() {
    int port = segue.api().url().getPort();
    Path other = folder.resolve("other-home");

    Exit exit = Program.run(other, "up", "--port", Integer.toString(port));

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.err()).contains("Port " + port).contains("segue up --port N");
    assertThat(other.resolve("postgres")).doesNotExist();
  }

  @Test
  void aDiagramWithExternalEntities() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "the secret");
    String diagram =
        Diagrams.text("letter")
            .replaceFirst(
                "<bpmn:definitions",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\">]>\n<bpmn:definitions"
                    .formatted(secret.toUri()))
            .replace("Write a letter", "&e;");

    assertRefused(deploy(diagram), "DOCTYPE");
  }

  @Test
  void aDiagramOf100MegabytesOnTheCommandLine() throws IOException {
    Path diagram = folder.resolve("huge.bpmn");
    try (RandomAccessFile file = new RandomAccessFile(diagram.toFile(), "rw")) {
      file.setLength(HUGE);
    }

    Exit exit = segue.cli("deploy", diagram.toString());

    assertThat(exit.code()).isEqualTo(2);
    assertThat(exit.err()).contains("huge.bpmn").doesNotContain("Exception");
  }

  @Test
  void aDiagramOf100MegabytesOverHttp() throws IOException {
    Api api = segue.api();
    try (Socket socket = new Socket(api.url().getHost(), api.url().getPort())) {
      socket.setSoTimeout((int) Duration.ofMinutes(1).toMillis());
      OutputStream out = socket.getOutputStream();
      out.write(
          """
          POST /api/v1/workflows HTTP/1.1\r
          Host: localhost\r
          Authorization: Bearer %s\r
          Content-Type: application/xml\r
          Content-Length: %d\r
          Connection: close\r
          \r
          """
              .formatted(Files.readString(api.tokenFile()).strip(), HUGE)
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();

      assertThat(head(socket.getInputStream())).startsWith("HTTP/1.1 413 ");
    }
    assertThat(api.get("/workflows").path("items")).isEmpty();
  }

  @Test
  void anUnknownStepType() {
    String diagram = Diagrams.text("letter").replace("notify:tell:1", "pigeon-post:send:1");

    assertRefused(deploy(diagram), "pigeon-post:send:1", "Write a letter");
  }

  @Test
  void aBrokenExpression() {
    String diagram = Diagrams.text("letter").replace("=greeting", "=greeting +");

    assertRefused(deploy(diagram), "greeting +", "Write a letter");
  }

  @Test
  void aPayloadOverOneMegabyte() {
    Api.Answer answer =
        segue
            .api()
            .post(
                "/runs",
                Map.of("workflow", "letter", "variables", Map.of("text", "x".repeat(1_500_000))));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.detail()).isNotEmpty();
  }

  @Test
  void pluginsThatCanNotBeUsedLeaveTheOthersAlone() throws IOException {
    Path plugins = home.resolve("plugins");
    Map<String, String> reasons =
        Map.of(
            "corrupt.zip", "is no readable zip file",
            "leaving.zip", "points outside the plugin's own folder",
            "path.zip", "Plugin-Id",
            "bundling.zip", "brings dev.segue.sdk.SeguePlugin with it",
            "newer.zip", "works with the Segue SDK >=99.0.0");
    BadPlugins.corrupt(plugins.resolve("corrupt.zip"));
    BadPlugins.leavingItsFolder(plugins.resolve("leaving.zip"));
    BadPlugins.withAnIdThatIsAPath(plugins.resolve("path.zip"));
    BadPlugins.bundlingTheSdk(plugins.resolve("bundling.zip"));
    BadPlugins.forANewerSdk(plugins.resolve("newer.zip"));

    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              List<String> alarms = messages(segue.json("alarms", "list"));
              reasons.forEach(
                  (file, reason) ->
                      assertThat(alarms)
                          .anySatisfy(alarm -> assertThat(alarm).contains(file, reason)));
            });

    assertThat(home.resolve("evil.txt")).doesNotExist();
    assertThat(segue.cli("plugins", "list").ok().out()).contains("notify").contains("pos-files");
    segue.cli("deploy", "--check", Diagrams.file("letter").toString()).ok();
  }

  @Test
  void aWrongPassword() {
    Api.Answer answer =
        segue.api().post("/sessions", Map.of("username", "admin", "password", "wrong password"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.detail()).containsIgnoringCase("password");
  }

  @Test
  void aSecondServerOnTheSameHomeFolder() {
    Exit exit = up(home);

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.err()).contains(home.toString(), "segue down");
    assertThat(segue.cli("status").code()).isZero();
  }

  @Test
  void aTakenPort() {
    int taken = segue.api().url().getPort();
    Path other = folder.resolve("other-home");

    Exit exit = Program.run(other, "up", "--port", Integer.toString(taken));

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.err()).contains(Integer.toString(taken), "--port").doesNotContain("Exception");
    assertThat(new HomeProcesses(other).all()).isEmpty();
  }

  @Test
  void aHomeFolderThatCanNotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "not a folder");
    Path impossible = file.resolve("home");

    Exit exit = up(impossible);

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.err()).contains(impossible.toString(), "SEGUE_HOME");
  }

  @Test
  void aSettingThatNobodyKnows() throws IOException {
    Path other = Files.createDirectories(folder.resolve("mistaken-home"));
    Files.writeString(other.resolve("segue.yaml"), "http:\n  prot: 8080\n");

    Exit exit = up(other);

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.err()).contains("segue.yaml", "http.prot", "2");
  }

  private static Exit up(Path folder) {
    return Program.run(folder, "up", "--port", "0");
  }

  private static Api.Answer deploy(String diagram) {
    return segue.api().deploy(BodyPublishers.ofString(diagram));
  }

  /** A refusal that says all of this, somewhere in its text. */
  private static void assertRefused(Api.Answer answer, String... words) {
    assertThat(answer.status()).as(answer.body().toString()).isBetween(400, 499);
    assertThat(answer.body().toString()).contains(words);
    assertThat(segue.api().get("/workflows").path("items")).isEmpty();
  }

  private static List<String> messages(JsonNode alarms) {
    return alarms.valueStream().map(alarm -> alarm.toString()).toList();
  }

  /** The first bytes of an answer. */
  private static String head(InputStream in) throws IOException {
    return new String(in.readNBytes(20), StandardCharsets.US_ASCII);
  }
}
