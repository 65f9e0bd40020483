package dev.segue.server.triggers.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ssxxx");
  private static final String BERLIN = "Europe/Berlin";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 5 * * *|2026-06-01T05:29:59|2026-06-01 05:30:00",
        "30 5 * * *|2026-06-01T05:30:00|2026-06-02 05:30:00",
        "*/15 9-17 * * MON-FRI|2026-06-05T17:50:00|2026-06-08 09:00:00",
        "0 0 1,15 * *|2026-06-02T00:00:00|2026-06-15 00:00:00",
        "0 0 1 JAN,JUL *|2026-06-02T00:00:00|2026-07-01 00:00:00",
        "0 0 * * 7|2026-06-02T00:00:00|2026-06-07 00:00:00",
        "0 0 * * sun|2026-06-02T00:00:00|2026-06-07 00:00:00",
        "5/20 * * * *|2026-06-02T10:26:00|2026-06-02 10:45:00",
        "10 0/20 8 * * *|2026-06-02T08:20:10|2026-06-02 08:40:10",
        "@hourly|2026-06-02T10:26:00|2026-06-02 11:00:00",
        "@daily|2026-06-02T10:26:00|2026-06-03 00:00:00",
        "@weekly|2026-06-02T10:26:00|2026-06-07 00:00:00",
        "@monthly|2026-06-02T10:26:00|2026-07-01 00:00:00",
        "@Yearly|2026-06-02T10:26:00|2027-01-01 00:00:00",
        "0 6 L * *|2026-02-02T10:00:00|2026-02-28 06:00:00",
        "0 6 L-2 * ?|2026-06-02T10:00:00|2026-06-28 06:00:00",
        "0 6 LW * *|2026-05-02T10:00:00|2026-05-29 06:00:00",
        "0 6 1W * *|2026-08-01T00:00:00|2026-08-03 06:00:00",
        "0 6 15W * *|2026-08-01T00:00:00|2026-08-14 06:00:00",
        "0 6 ? * FRI#2|2026-06-01T00:00:00|2026-06-12 06:00:00",
        "0 6 * * FRIL|2026-06-01T00:00:00|2026-06-26 06:00:00",
        "0 6 13 * FRI|2026-06-06T00:00:00|2026-06-12 06:00:00",
        "0 6 13 * FRI|2026-06-12T06:00:00|2026-06-13 06:00:00",
        "0 9 29 2 *|2026-01-01T00:00:00|2028-02-29 09:00:00",
        "0 9 29 2 *|2096-03-01T00:00:00|2104-02-29 09:00:00",
      })
  void firesAtTheTimesItNames(String cron, String after, String expected) throws CronException {
    ZoneId zone = ZoneId.of(BERLIN);
    Instant from = LocalDateTime.parse(after).atZone(zone).toInstant();
    assertThat(Cron.parse(cron).next(from, zone).atZone(zone).format(SHOWN)).startsWith(expected);
  }

  @Test
  void theTimesThatAClockJumpsOverFireWhereTheJumpLands() throws CronException {
    assertThat(fires("30 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29 03:00:00+02:00", "2026-03-30 02:30:00+02:00");
    assertThat(fires("*/15 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
        .containsExactly("2026-03-29 03:00:00+02:00", "2026-03-30 02:00:00+02:00");
    assertThat(fires("0 2,3 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
        .as("both fall on the same moment")
        .containsExactly("2026-03-29 03:00:00+02:00", "2026-03-30 02:00:00+02:00");
    assertThat(fires("30 2 8 3 *", "America/New_York", "2026-03-01T00:00:00Z", 1))
        .containsExactly("2026-03-08 03:00:00-04:00");
    assertThat(fires("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T00:00:00Z", 2))
        .containsExactly("2026-10-04 02:30:00+11:00", "2026-10-05 02:15:00+11:00");
    assertThat(fires("0 0 * * *", "Africa/Cairo", "2026-04-23T12:00:00Z", 2))
        .as("this clock jumps at midnight")
        .containsExactly("2026-04-24 01:00:00+03:00", "2026-04-25 00:00:00+03:00");
    assertThat(fires("0 12 * * *", "Pacific/Apia", "2011-12-29T12:00:00Z", 3))
        .as("this place left out a whole day")
        .containsExactly(
            "2011-12-29 12:00:00-10:00", "2011-12-31 00:00:00+14:00", "2011-12-31 12:00:00+14:00");
  }

  @Test
  void theTimesThatComeTwiceFireTheFirstTime() throws CronException {
    assertThat(fires("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25 02:30:00+02:00", "2026-10-26 02:30:00+01:00");
    assertThat(fires("30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", 1))
        .as("asked for between the two")
        .containsExactly("2026-10-26 02:30:00+01:00");
    assertThat(fires("30 1 * * *", "America/New_York", "2026-10-31T12:00:00Z", 2))
        .containsExactly("2026-11-01 01:30:00-04:00", "2026-11-02 01:30:00-05:00");
    assertThat(fires("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00:00Z", 2))
        .containsExactly("2026-04-05 01:45:00+11:00", "2026-04-06 01:45:00+10:30");
  }

  @Test
  void whatRunsEveryHourFollowsTheClockThroughItsChanges() throws CronException {
    assertThat(fires("0 * * * *", BERLIN, "2026-10-24T23:30:00Z", 3))
        .containsExactly(
            "2026-10-25 02:00:00+02:00", "2026-10-25 02:00:00+01:00", "2026-10-25 03:00:00+01:00");
    assertThat(fires("30 * * * *", BERLIN, "2026-03-29T00:00:00Z", 2))
        .containsExactly("2026-03-29 01:30:00+01:00", "2026-03-29 03:30:00+02:00");
    assertThat(fires("*/20 * * * *", "Australia/Lord_Howe", "2026-04-04T14:35:00Z", 4))
        .containsExactly(
            "2026-04-05 01:40:00+11:00",
            "2026-04-05 01:40:00+10:30",
            "2026-04-05 02:00:00+10:30",
            "2026-04-05 02:20:00+10:30");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {BERLIN, "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Asia/Beirut"})
  void adailyTimeFiresOnceOnEachDayOfAYear(String zone) throws CronException {
    for (String cron : List.of("0 0 * * *", "30 1 * * *", "15 2 * * *", "30 23 * * *")) {
      assertThat(fires(cron, zone, "2025-12-31T23:59:59Z", 365))
          .extracting(fired -> fired.substring(0, 10))
          .as("%s in %s", cron, zone)
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 30 2 *|never fires",
        "0 0 31 4,6 *|never fires",
        "0 25 * * *|hour `25` must be from 0 to 23",
        "0 0 * * BAD|day of the week `BAD` is neither a number nor a name",
        "0 17-9 * * *|ends before it begins",
        "*/0 * * * *|has a step below 1",
        "0 0 * *|has 4 fields",
        "@fortnightly|There is no @fortnightly",
        "0 0 L-40 * *|is neither L, LW nor such as L-3",
        "0 0 * * MON#6|is not such as MON#2",
        "0 0 , * *|is neither a number nor a name",
      })
  void saysWhatIsWrong(String cron, String message) {
    assertThatThrownBy(() -> Cron.parse(cron))
        .isInstanceOf(CronException.class)
        .hasMessageContaining(message);
  }

  private static List<String> fires(String cron, String zoneId, String after, int count)
      throws CronException {
    Cron parsed = Cron.parse(cron);
    ZoneId zone = ZoneId.of(zoneId);
    List<String> fires = new ArrayList<>();
    Instant at = Instant.parse(after);
    for (int i = 0; i < count; i++) {
      at = parsed.next(at, zone);
      fires.add(at.atZone(zone).format(SHOWN));
    }
    return fires;
  }
}
