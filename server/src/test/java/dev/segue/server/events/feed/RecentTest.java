package dev.segue.server.events.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {

  private final Recent recent = new Recent(3);

  @Test
  void whoKnowsTheLastEventHasMissedNothing() {
    assertThat(recent.since(recent.lastId())).contains(List.of());
    recent.add(event("a"));
    assertThat(recent.lastId()).isEqualTo("a");
    assertThat(recent.since("a")).contains(List.of());
  }

  @Test
  void whoCameBeforeTheFirstEventGetsAll() {
    String start = recent.lastId();
    recent.add(event("a"));
    recent.add(event("b"));
    assertThat(missed(start)).containsExactly("a", "b");
    assertThat(missed("a")).containsExactly("b");
  }

  @Test
  void keepsTheLatestAndKnowsWhomItCanNotHelp() {
    String start = recent.lastId();
    List.of("a", "b", "c", "d", "e").forEach(id -> recent.add(event(id)));
    assertThat(missed("b"))
        .as("the one before the oldest that is kept")
        .containsExactly("c", "d", "e");
    assertThat(missed("d")).containsExactly("e");
    assertThat(recent.since("a")).isEmpty();
    assertThat(recent.since(start)).isEmpty();
    assertThat(recent.since("never told")).isEmpty();
  }

  @Test
  void whatIsForgottenCanNotBeResumedFrom() {
    String start = recent.lastId();
    recent.add(event("a"));
    recent.forget();
    assertThat(recent.since("a")).isEmpty();
    assertThat(recent.since(start)).isEmpty();
    String anew = recent.lastId();
    assertThat(anew).isNotEqualTo(start);
    recent.add(event("b"));
    assertThat(missed(anew)).containsExactly("b");
  }

  private List<String> missed(String id) {
    return recent.since(id).orElseThrow().stream().map(LiveEvent::id).toList();
  }

  private static LiveEvent event(String id) {
    return new LiveEvent(id, Topic.RUN, id, null, null, null, null, "{}");
  }
}
