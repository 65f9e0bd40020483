package dev.segue.server.events.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final Duration AT_ONCE = Duration.ZERO;

  private final Backlog backlog = new Backlog(interest(null), "0");

  @Test
  void aLaterEventTakesThePlaceOfAnEarlierOneAboutTheSameThing() throws Exception {
    backlog.offer(event("1", Topic.RUN, "bake"));
    backlog.offer(event("2", Topic.RUN, "knead"));
    backlog.offer(event("3", Topic.INCIDENT, "bake"));
    backlog.offer(event("4", Topic.RUN, "bake"));
    assertThat(backlog.next(AT_ONCE))
        .isEqualTo(
            """
            id: 2
            event: run
            data: {"of":"knead"}

            id: 3
            event: incident
            data: {"of":"bake"}

            id: 4
            event: run
            data: {"of":"bake"}

            """);
  }

  @Test
  void aHeartbeatSaysHowFarTheClientHasComeThoughNothingWasForIt() throws Exception {
    Backlog alarms = new Backlog(interest(Topic.ALARM), "0");
    assertThat(alarms.next(AT_ONCE)).isEqualTo(": still here\nid: 0\n\n");
    alarms.offer(event("1", Topic.RUN, "bake"));
    assertThat(alarms.next(AT_ONCE)).isEqualTo(": still here\nid: 1\n\n");
  }

  @Test
  void tooMuchIsDroppedAndTheClientReadsEverythingAgain() throws Exception {
    for (int i = 1; i <= 1_500; i++) {
      backlog.offer(event("" + i, Topic.RUN, "run " + i));
    }
    assertThat(backlog.next(AT_ONCE))
        .isEqualTo("id: 1500\nevent: reset\ndata: {\"topic\":\"reset\"}\n\n");
    backlog.offer(event("1501", Topic.RUN, "bake"));
    assertThat(backlog.next(AT_ONCE)).startsWith("id: 1501\nevent: run\n");
  }

  private static Interest interest(@Nullable Topic topic) {
    return new Interest(topic == null ? Set.of() : Set.of(topic), null, null, null, null);
  }

  private static LiveEvent event(String id, Topic topic, String subject) {
    return new LiveEvent(
        id, topic, subject, null, null, null, null, "{\"of\":\"%s\"}".formatted(subject));
  }
}
