package dev.segue.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped workflow does what its scenarios say, by the command that its users have. */
class ScenariosIT {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("segue.distribution")).toAbsolutePath();
  private static final int MINUTES = 12;

  static List<Path> workflows() throws IOException {
    try (Stream<Path> folders = Files.list(DISTRIBUTION.resolve("workflows"))) {
      return folders.filter(folder -> Files.isDirectory(folder.resolve("scenarios"))).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void passesItsScenarios(Path workflow, @TempDir Path folder) throws Exception {
    File output = folder.resolve("output.txt").toFile();
    ProcessBuilder command =
        new ProcessBuilder(
                DISTRIBUTION.resolve("bin/segue").toString(), "test", workflow.toString())
            .redirectErrorStream(true)
            .redirectOutput(output);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    Process segue = command.start();
    try {
      boolean ended = segue.waitFor(MINUTES, TimeUnit.MINUTES);
      String said = Files.readString(output.toPath());
      assertThat(ended).as(said).isTrue();
      assertThat(segue.exitValue()).as(said).isZero();
    } finally {
      // In order, so that its database and its engine end with it.
      segue.destroy();
      if (!segue.waitFor(1, TimeUnit.MINUTES)) {
        segue.destroyForcibly();
      }
    }
  }
}
