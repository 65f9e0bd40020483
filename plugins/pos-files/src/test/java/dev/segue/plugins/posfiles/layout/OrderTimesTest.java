package dev.segue.plugins.posfiles.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTimesTest {

  private final OrderTimes times =
      new OrderTimes(
          List.of("d.M.uuuu H:mm", "M/d/uu h:mm a", "d.M.uuuu"), ZoneId.of("Europe/Berlin"));

  @ParameterizedTest
  @CsvSource({
    "2026-07-01 12:00:00,2026-07-01T10:00:00Z",
    "2026-07-01T12:00,2026-07-01T10:00:00Z",
    "2026-07-01 12:00:00.250,2026-07-01T10:00:00.250Z",
    "2026-07-01T12:00:00+02:00,2026-07-01T10:00:00Z",
    "2026-07-01T12:00:00Z,2026-07-01T12:00:00Z",
    "2026-07-01T12:00:00-0500,2026-07-01T17:00:00Z",
    "1.7.2026 12:00,2026-07-01T10:00:00Z",
    "7/1/26 9:05 pm,2026-07-01T19:05:00Z",
    "2026-07-01,2026-07-01T10:00:00Z",
    "1.7.2026,2026-07-01T10:00:00Z"
  })
  void readsTimesOfManyForms(String text, Instant expected) throws Exception {
    assertThat(times.read(text)).isEqualTo(expected);
  }

  @Test
  void movesATimeInTheSkippedHourForwardByTheGap() throws Exception {
    assertThat(times.read("2026-03-29 02:30:00")).isEqualTo("2026-03-29T01:30:00Z");
  }

  @Test
  void takesTheEarlierOfTwoEqualTimesInTheRepeatedHour() throws Exception {
    assertThat(times.read("2026-10-25 02:30:00")).isEqualTo("2026-10-25T00:30:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-02-30 10:00:00", "yesterday", "31.4.2026", "2026-13-01", "25:00"})
  void refusesDaysThatNeverWere(String text) {
    assertThatThrownBy(() -> times.read(text)).hasMessageContaining(text);
  }
}
