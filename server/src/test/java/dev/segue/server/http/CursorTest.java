package dev.segue.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {

  @Test
  void comesBackFromItsOpaqueText() {
    Cursor cursor = Cursor.of(Instant.parse("2026-03-01T08:00:00Z"), "a,\"b\"");
    assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
    assertThat(cursor.encode()).matches("[A-Za-z0-9_-]+");
  }

  @Test
  void refusesTextThatIsNone() {
    for (String text : List.of("", "%%%", "bm9wZQ", "e30")) {
      assertThatThrownBy(() -> Cursor.decode(text)).isInstanceOf(ApiException.class);
    }
  }

  @Test
  void aPageKnowsWhetherThereIsMore() {
    PageRequest request = new PageRequest(2, null);
    Page<String> more = Page.of(List.of("a", "b", "c"), request, Cursor::of);
    assertThat(more.items()).containsExactly("a", "b");
    assertThat(Cursor.decode(more.next()).part(0)).isEqualTo("b");
    assertThat(Page.of(List.of("a", "b"), request, Cursor::of).next()).isNull();
  }
}
