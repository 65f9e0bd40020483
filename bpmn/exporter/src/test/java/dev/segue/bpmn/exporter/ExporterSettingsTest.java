package dev.segue.bpmn.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterSettingsTest {

  private static final String ENGINE = "5f0c2f1e-6f3e-4a55-9e7a-2f6a3a7f3c11";

  @Test
  void hasDefaultsForAllThatNeedNotBeSaid() {
    assertThat(ExporterSettings.parse(required()))
        .isEqualTo(
            new ExporterSettings(
                "jdbc:postgresql://localhost/segue",
                "exporter",
                null,
                null,
                UUID.fromString(ENGINE),
                Duration.ofMillis(100),
                8192 * 1024));
  }

  @Test
  void readsNamesInAnyCase() {
    Map<String, Object> arguments = required();
    arguments.put("PASSWORD", "bread");
    arguments.put("lingerms", 20);
    arguments.put("BufferKb", "64");

    ExporterSettings settings = ExporterSettings.parse(arguments);

    assertThat(settings.password()).isEqualTo("bread");
    assertThat(settings.linger()).isEqualTo(Duration.ofMillis(20));
    assertThat(settings.bufferBytes()).isEqualTo(65_536);
  }

  @Test
  void takesThePasswordFromAFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("password");
    Files.writeString(file, "bread\n");
    Map<String, Object> arguments = required();
    arguments.put("passwordFile", file.toString());

    assertThat(ExporterSettings.parse(arguments).currentPassword()).isEqualTo("bread");
  }

  @Test
  void keepsThePasswordOutOfLogs() {
    Map<String, Object> arguments = required();
    arguments.put("password", "bread");

    assertThat(ExporterSettings.parse(arguments).toString()).doesNotContain("bread");
  }

  @Test
  void saysWhichArgumentIsWrong() {
    assertThatThrownBy(() -> ExporterSettings.parse(Map.of())).hasMessageContaining("url");
    assertRefused("engineId", "seven", "engineId must be a UUID");
    assertRefused("url", "jdbc:h2:mem", "url must look like");
    assertRefused("lingerMs", "soon", "lingerms must be a whole number");
    assertRefused("usr", "x", "usr is not known");
  }

  private static void assertRefused(String name, String value, String message) {
    Map<String, Object> arguments = required();
    arguments.put(name, value);
    assertThatThrownBy(() -> ExporterSettings.parse(arguments)).hasMessageContaining(message);
  }

  private static Map<String, Object> required() {
    return new HashMap<>(
        Map.of("url", "jdbc:postgresql://localhost/segue", "user", "exporter", "engineId", ENGINE));
  }
}
