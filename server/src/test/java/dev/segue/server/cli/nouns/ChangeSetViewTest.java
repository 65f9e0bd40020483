package dev.segue.server.cli.nouns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.cli.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeSetViewTest {

  @Test
  void showsOnlyWhatChangesOneFieldToALine() {
    var changes =
        Json.parse(
                """
                [{"ordinal": 0, "title": "Margherita", "state": "planned", "reason": "a star",
                  "before": {"price": 9.50, "label": "M", "since": "2026-01-01"},
                  "after": {"price": 9.9, "label": "M", "since": "2026-03-01"},
                  "amount": {"amount": "0.4", "currency": "EUR"},
                  "expected": {"margin": 12}},
                 {"ordinal": 1, "title": "Mail to guests", "state": "planned",
                  "before": {}, "after": {"subject": "Hello"}}]
                """)
            .orElseThrow();

    assertThat(ChangeSetView.rows(changes))
        .containsExactly(
            List.of("0", "Margherita", "planned", "0.40 EUR", "price", "9.50", "9.90"),
            List.of("", "", "", "", "since", "2026-01-01", "2026-03-01"),
            List.of("", "", "", "", "(why)", "", "a star; expected: margin=12"),
            List.of("1", "Mail to guests", "planned", "", "subject", "", "Hello"));
  }
}
