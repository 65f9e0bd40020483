package dev.segue.server.cli.nouns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.cli.api.CliException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "2h, 2026-03-01T10:00:00Z",
    "3d, 2026-02-26T12:00:00Z",
    "1w, 2026-02-22T12:00:00Z",
    "2026-02-01, 2026-01-31T23:00:00Z",
    "2026-02-01T08:30, 2026-02-01T07:30:00Z",
    "2026-02-01T08:30:00Z, 2026-02-01T08:30:00Z",
    "2026-02-01T08:30:00-05:00, 2026-02-01T13:30:00Z",
  })
  void readsTimesAsPeopleWriteThem(String text, Instant meant) {
    assertThat(Times.parse("--since", text, NOW, BERLIN)).isEqualTo(meant);
  }

  @Test
  void saysHowToWriteATime() {
    assertThatThrownBy(() -> Times.parse("--since", "yesterday", NOW, BERLIN))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("--since")
        .hasMessageContaining("2h");
  }
}
