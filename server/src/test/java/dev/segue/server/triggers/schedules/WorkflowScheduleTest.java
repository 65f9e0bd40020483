package dev.segue.server.triggers.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.http.Json;
import dev.segue.server.runs.RunMode;
import dev.segue.server.triggers.Trigger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** When a schedule would have fired on a day past. */
class WorkflowScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void firesFirstOnTheDayWhereTheSiteIs() {
    WorkflowSchedule mornings = schedule("0 5 * * *");

    assertThat(mornings.firstOn(LocalDate.of(2026, 7, 1), BERLIN))
        .contains(Instant.parse("2026-07-01T03:00:00Z"));
    assertThat(mornings.firstOn(LocalDate.of(2026, 7, 1), ZoneId.of("America/Chicago")))
        .contains(Instant.parse("2026-07-01T10:00:00Z"));
    assertThat(schedule("0 0 * * *").firstOn(LocalDate.of(2026, 7, 1), BERLIN))
        .as("midnight belongs to the day that it begins")
        .contains(Instant.parse("2026-06-30T22:00:00Z"));
  }

  @Test
  void leavesOutDaysOnWhichItDoesNotFire() {
    WorkflowSchedule mondays = schedule("0 5 * * MON");

    assertThat(mondays.firstOn(LocalDate.of(2026, 6, 29), BERLIN)).isPresent();
    assertThat(mondays.firstOn(LocalDate.of(2026, 6, 30), BERLIN)).isEmpty();
    assertThat(schedule("0 5 29 2 *").firstOn(LocalDate.of(2028, 2, 29), BERLIN)).isPresent();
    assertThat(schedule("0 5 29 2 *").firstOn(LocalDate.of(2026, 3, 1), BERLIN)).isEmpty();
  }

  @Test
  void onClockChangesItFiresAsItDoesLive() {
    WorkflowSchedule nights = schedule("30 2 * * *");

    assertThat(nights.firstOn(LocalDate.of(2026, 3, 29), BERLIN))
        .contains(Instant.parse("2026-03-29T01:00:00Z"));
    assertThat(nights.firstOn(LocalDate.of(2026, 10, 25), BERLIN))
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
  }

  private static WorkflowSchedule schedule(String cron) {
    ObjectNode settings = Json.object().put("cron", cron).put("sites", "all");
    Trigger trigger =
        new Trigger(
            "mornings",
            Schedules.KIND,
            "orders",
            "Mornings",
            RunMode.LIVE,
            Json.object(),
            Json.object(),
            settings,
            Trigger.Origin.API,
            null,
            1,
            Instant.EPOCH,
            "ada");
    return new WorkflowSchedule(trigger, ScheduleSettings.read(settings), List.of());
  }
}
