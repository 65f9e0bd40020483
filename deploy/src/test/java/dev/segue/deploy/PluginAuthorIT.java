package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(project.resolve("target/night-shift-0.1.0.zip")).isRegularFile();
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() {
    Exit again = create(project);

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains(project + " exists and is not empty", "--dir");
  }

  private static Exit create(Path where) {
    return Program.run(
        folder.resolve("home"),
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
