package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an operator does with plugins in the middle of the day, on the command line. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PluginsIT {

  private static final String WORKFLOW = "write-down";
  private static final String[] NO_SAMPLE = {"--set", "sample=false"};
  private static final int BALLAST = 16_000_000;

  @TempDir private static Path folder;
  private static Path home;
  private static RunningSegue segue;

  @BeforeAll
  static void start() {
    home = folder.resolve("home");
    segue = RunningSegue.start(home, NO_SAMPLE);
  }

  @AfterAll
  static void stop() {
    if (segue != null) {
      segue.close();
    }
  }

  @Test
  @Order(1)
  void onlyTrustedZipsAreInstalled() throws Exception {
    Path zip = PluginVersions.recorder("1.0.0", folder);
    refused("--allow-unsigned", "plugins", "install", zip.toString(), "--yes");

    String key = folder.resolve("bakery").toString();
    segue.cli("plugins", "keys", "new", key).ok();
    segue.cli("plugins", "sign", zip.toString(), "--key", key + ".key").ok();
    refused("plugins keys add", "plugins", "install", zip.toString(), "--yes");
    JsonNode added = segue.json("plugins", "keys", "add", key + ".pub", "--name", "Bakers");
    assertThat(segue.json("plugins", "keys", "list")).hasSize(1);

    assertThat(segue.cli("plugins", "preview", zip.toString()).ok().out())
        .contains("recorder", "1.0.0", "0 active runs");
    assertThat(segue.cli("plugins", "install", zip.toString()).ok().err()).contains("--yes");
    assertThat(segue.json("plugins", "list")).noneMatch(PluginsIT::isRecorder);
    assertThat(segue.cli("plugins", "install", zip.toString(), "--yes").ok().out())
        .contains("Installed recorder 1.0.0", "segue plugins rollback recorder");
    assertThat(segue.cli("plugins", "show", "recorder").ok().out())
        .contains("signed by Bakers (key " + added.path("id").asString() + ")");
    segue.cli("deploy", Diagrams.file(WORKFLOW).toString()).ok();
  }

  @Test
  @Order(2)
  void wrongUseIsToldFromWhatIsRefused() throws Exception {
    String missing = folder.resolve("missing.zip").toString();
    wrongUse("plugins", "install");
    wrongUse("plugins", "install", missing, "--yes");
    wrongUse("plugins", "enable", "recorder");
    wrongUse("plugins", "disable", "recorder", "1.0.0", "--gently");
    wrongUse("plugins", "keys", "add", missing, "--name", "Nobody");
    wrongUse("plugins", "sign", missing, "--key", missing);

    Path broken = Files.writeString(folder.resolve("broken.zip"), "no zip");
    refused(
        "no readable zip", "plugins", "install", broken.toString(), "--yes", "--allow-unsigned");
    refused("9.9.9", "plugins", "enable", "recorder", "9.9.9");
    refused("Install it first", "plugins", "rollback", "recorder");
    refused("--force", "plugins", "disable", "recorder", "1.0.0");
    refused(WORKFLOW, "plugins", "remove", "recorder", "1.0.0");
    refused("plugin key", "plugins", "keys", "remove", "0123456789abcdef");
  }

  @Test
  @Order(3)
  void anUpgradeAndTheWayBackTakeNoRunAway() {
    Recordings lines = new Recordings(folder.resolve("upgrade.tsv"));
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      runs.add(run(lines));
    }
    install("2.0.0");
    for (int i = 0; i < 10; i++) {
      runs.add(run(lines));
    }
    assertThat(segue.cli("plugins", "rollback", "recorder").ok().out())
        .contains("Version 1.0.0 of recorder serves now");
    runs.add(run(lines));
    runs.forEach(PluginsIT::assertCompletes);

    assertThat(lines.texts()).hasSize(3 * runs.size());
    assertThat(versions(runs.getLast())).containsOnly("1.0.0");
    assertThat(runs.stream().flatMap(run -> versions(run).stream())).contains("1.0.0", "2.0.0");
    segue.cli("plugins", "enable", "recorder", "2.0.0").ok();
    assertThat(serving()).isEqualTo("2.0.0");
  }

  @Test
  @Order(4)
  void aPinnedWorkflowKeepsItsVersion() {
    Recordings lines = new Recordings(folder.resolve("pins.tsv"));
    refused("in the range 7.x", "workflows", "pin", WORKFLOW, "recorder", "7.x");
    segue.cli("workflows", "pin", WORKFLOW, "recorder", "1.x").ok();
    patiently().untilAsserted(() -> assertThat(versions(done(run(lines)))).containsOnly("1.0.0"));
    refused("segue workflows unpin", "plugins", "remove", "recorder", "1.0.0");

    segue.cli("workflows", "unpin", WORKFLOW, "recorder").ok();
    refused("isn't pinned", "workflows", "unpin", WORKFLOW, "recorder");
    patiently().untilAsserted(() -> assertThat(versions(done(run(lines)))).containsOnly("2.0.0"));
    segue.cli("plugins", "remove", "recorder", "1.0.0").ok();
  }

  @Test
  @Order(5)
  void aServerThatDiesInAnInstallationHasTheOldOrTheNewVersion() throws Exception {
    String before = serving();
    Path zip = PluginVersions.recorder("3.0.0", folder, BALLAST);
    CompletableFuture<Exit> installation =
        CompletableFuture.supplyAsync(
            () -> segue.cli("plugins", "install", zip.toString(), "--yes", "--allow-unsigned"));
    awaitStored(zip);
    segue.kill();
    installation.get(3, TimeUnit.MINUTES);
    segue = RunningSegue.start(home, NO_SAMPLE);

    String after = serving();
    assertThat(after).isIn(before, "3.0.0");
    assertThat(segue.json("plugins", "show", "recorder").path("versions"))
        .allMatch(one -> List.of("enabled", "removed").contains(one.path("state").asString()));
    Recordings lines = new Recordings(folder.resolve("killed.tsv"));
    assertThat(versions(done(run(lines)))).containsOnly(after);
    assertThat(lines.texts()).hasSize(3);

    segue.cli("plugins", "install", zip.toString(), "--yes", "--allow-unsigned").ok();
    assertThat(serving()).isEqualTo("3.0.0");
  }

  /** It is being installed: a part of it lies where the server works on it. */
  private static void awaitStored(Path zip) throws Exception {
    Path copies = home.resolve("work").resolve("plugins");
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> holdsFileOf(copies, Files.size(zip)));
  }

  private static boolean holdsFileOf(Path copies, long size) throws Exception {
    try (var files = Files.walk(copies)) {
      return files.anyMatch(file -> file.toFile().isFile() && file.toFile().length() >= size / 2);
    }
  }

  private static void install(String version) {
    Path zip = PluginVersions.recorder(version, folder);
    segue.cli("plugins", "install", zip.toString(), "--yes", "--allow-unsigned").ok();
    assertThat(segue.cli("plugins", "show", "recorder").ok().out())
        .contains("unsigned, allowed by ");
  }

  private static String serving() {
    return segue.json("plugins", "show", "recorder").path("version").asString();
  }

  private static boolean isRecorder(JsonNode plugin) {
    return plugin.path("id").asString().equals("recorder");
  }

  private static String run(Recordings lines) {
    return segue.api().start(WORKFLOW, Map.of("file", lines.file().toString(), "linger", "PT0.2S"));
  }

  private static String done(String run) {
    assertCompletes(run);
    return run;
  }

  private static List<String> versions(String run) {
    List<String> versions = new ArrayList<>();
    for (JsonNode entry : segue.api().run(run).path("timeline")) {
      if (entry.hasNonNull("pluginVersion")) {
        versions.add(entry.path("pluginVersion").asString());
      }
    }
    return versions;
  }

  private static void assertCompletes(String run) {
    patiently()
        .untilAsserted(
            () -> {
              JsonNode found = segue.api().run(run);
              assertThat(found.path("state").asString())
                  .as(found.toPrettyString())
                  .isEqualTo("completed");
            });
  }

  private static void refused(String why, String... arguments) {
    Exit exit = segue.cli(arguments);
    assertThat(exit.code()).as(exit.toString()).isEqualTo(1);
    assertThat(exit.err()).contains(why);
  }

  private static void wrongUse(String... arguments) {
    Exit exit = segue.cli(arguments);
    assertThat(exit.code()).as(exit.toString()).isEqualTo(2);
    assertThat(exit.err()).isNotBlank();
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofMinutes(4))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions();
  }
}
