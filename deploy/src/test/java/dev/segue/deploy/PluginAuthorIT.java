package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What somebody does who has the distribution, a JDK and Maven, and wants to write a plugin.
 *
 * <p>Without a network: all that the project needs, this build has needed, too.
 */
class PluginAuthorIT {

  @TempDir private static Path folder;
  private static Maven maven;
  private static Path project;
  private static Exit made;

  @BeforeAll
  static void begin() {
    maven = Maven.in(folder.resolve("maven"));
    project = folder.resolve("work/night-shift");
    made = create(project).ok();
  }

  @AfterAll
  static void end() {
    if (maven != null) {
      maven.close();
    }
  }

  @Test
  void aNewProjectBuildsOutsideOurRepository() {
    assertThat(made.out()).contains("mvn package", "segue plugins dev");

    Exit built = maven.run(project, "package");

    assertThat(built.ok().out()).contains("CountItemsTest").doesNotContain("Tests run: 0");
    Path zip = project.resolve("target/night-shift-0.1.0.zip");
    JsonNode found =
        Program.run(home(), "plugins", "verify", zip.toString(), "--output", "json").json();
    assertThat(found.path("errors").asInt()).isZero();
    assertThat(found.path("warnings").asInt()).isZero();
    assertThat(found.at("/steps/0/type").asString()).isEqualTo("night-shift:count-items:1");

    Exit same =
        Program.run(home(), "plugins", "verify", zip.toString(), "--previous", zip.toString());
    assertThat(same.code()).isEqualTo(1);
    assertThat(same.out()).contains("not above the previous 0.1.0", "0.1.1 or more");
  }

  @Test
  void aFileThatIsNoPluginIsRefusedAsAServerWould() throws Exception {
    Path zip = folder.resolve("bundling.zip");
    BadPlugins.bundlingTheSdk(zip);

    Exit exit = Program.run(home(), "plugins", "verify", zip.toString());

    assertThat(exit.code()).isEqualTo(1);
    assertThat(exit.out()).contains("brings dev.segue.sdk.SeguePlugin with it", "1 errors");
    assertThat(Program.run(home(), "plugins", "verify", "nowhere.zip").code()).isEqualTo(2);
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() {
    Exit again = create(project);

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains(project + " exists and is not empty", "--dir");
  }

  private static Path home() {
    return folder.resolve("home");
  }

  private static Exit create(Path where) {
    return Program.run(
        home(),
        "plugins",
        "new",
        "night-shift",
        "--group",
        "org.acme",
        "--dir",
        where.toString(),
        "--maven-repository",
        maven.repository().toString());
  }
}
