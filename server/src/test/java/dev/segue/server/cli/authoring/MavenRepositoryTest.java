package dev.segue.server.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenRepositoryTest {

  @TempDir Path folder;

  @Test
  void isTheOneOfTheUsersSettings() throws Exception {
    Path home = folder.resolve("home");
    assertThat(MavenRepository.find(null, home).folder()).isEqualTo(home.resolve(".m2/repository"));

    Files.createDirectories(home.resolve(".m2"));
    Files.writeString(
        home.resolve(".m2/settings.xml"),
        """
        <settings>
          <!-- <localRepository>/elsewhere</localRepository> -->
          <localRepository>${user.home}/artifacts</localRepository>
        </settings>
        """);

    assertThat(MavenRepository.find(null, home).folder()).isEqualTo(home.resolve("artifacts"));
    assertThat(MavenRepository.find(folder, home).folder()).isEqualTo(folder);
  }

  @Test
  void takesWhatLacksOrDiffersAndKeepsTheRest() throws Exception {
    Path sdk = Files.createDirectories(folder.resolve("sdk"));
    Path jar = Path.of("dev", "segue", "segue-sdk", "1.0.0", "segue-sdk-1.0.0.jar");
    write(sdk.resolve(jar), "first");
    MavenRepository maven = new MavenRepository(folder.resolve("maven"));
    write(maven.folder().resolve("org/other.jar"), "other");

    assertThat(maven.take(sdk)).isEqualTo(1);
    assertThat(maven.take(sdk)).isZero();
    write(sdk.resolve(jar), "second");
    assertThat(maven.take(sdk)).isEqualTo(1);

    assertThat(maven.folder().resolve(jar)).hasContent("second");
    assertThat(maven.folder().resolve("org/other.jar")).hasContent("other");
    assertThat(maven.folder().resolve(jar).getParent()).isDirectoryNotContaining("glob:**.part");
  }

  private static void write(Path file, String text) throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
