package dev.segue.server.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PluginsSettingsTest {

  private static final PluginsSettings DEFAULTS =
      PluginsSettings.of(Path.of("home"), Path.of("dist/plugins"));

  @Test
  void defaults() {
    assertThat(DEFAULTS.homeFolder()).isEqualTo(Path.of("home/plugins"));
    assertThat(DEFAULTS.distributionFolder()).isEqualTo(Path.of("dist/plugins"));
    assertThat(DEFAULTS.workFolder()).isEqualTo(Path.of("home/work/plugins"));
    assertThat(DEFAULTS.scanInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(DEFAULTS.drainDeadline()).isEqualTo(Duration.ofMinutes(5));
    assertThat(DEFAULTS.unloadPatience()).isEqualTo(Duration.ofSeconds(60));
    assertThat(DEFAULTS.unsignedInFolder()).isTrue();
    assertThat(DEFAULTS.withUnsignedInFolder(false).unsignedInFolder()).isFalse();
    assertThat(DEFAULTS.limits()).isEqualTo(new ArchiveLimits(512L << 20, 20_000, 1L << 30, 200));
  }

  @Test
  void aPauseOfNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PluginsSettings(
                    DEFAULTS.homeFolder(),
                    DEFAULTS.distributionFolder(),
                    DEFAULTS.workFolder(),
                    DEFAULTS.limits(),
                    Duration.ZERO,
                    DEFAULTS.drainDeadline(),
                    DEFAULTS.unloadPatience()));
  }

  @Test
  void limitsThatNoZipCouldKeepAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ArchiveLimits(0, 1, 1, 1));
  }
}
