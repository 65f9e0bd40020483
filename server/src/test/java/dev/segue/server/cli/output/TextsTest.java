package dev.segue.server.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.cli.api.Json;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TextsTest {

  private static JsonNode json(String text) {
    return Json.parse(text).orElseThrow();
  }

  @Test
  void timesAreShownInTheWantedZone() {
    JsonNode time = json("\"2026-07-01T10:00:00.123Z\"");

    assertThat(new Texts(ZoneId.of("Europe/Berlin")).time(time)).isEqualTo("2026-07-01 12:00:00");
    assertThat(new Texts(ZoneOffset.UTC).time(time)).isEqualTo("2026-07-01 10:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({"7, 7 ms", "1250, 1.3 s", "61000, 1 min 1 s", "7320000, 2 h 2 min"})
  void durationsAreAsCoarseAsPeopleSayThem(long millis, String words) {
    assertThat(Texts.duration(Json.object().put("d", millis).path("d"))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"12, 12.00", "12.5, 12.50", "0.125, 0.125"})
  void moneyHasAtLeastTwoDecimalsAndIsNeverRounded(String amount, String words) {
    assertThat(Texts.amount(json(amount))).isEqualTo(words);
    assertThat(Texts.value(json("{\"amount\": \"%s\", \"currency\": \"EUR\"}".formatted(amount))))
        .isEqualTo(words + " EUR");
  }

  @Test
  void listsAndObjectsFitOnALine() {
    assertThat(Texts.value(json("{\"a\": [1, true, \"x\"], \"b\": {\"c\": null}}")))
        .isEqualTo("a=1, yes, x, b=c=");
  }

  @Test
  void textOfOthersCannotSteerTheTerminal() {
    assertThat(Texts.clean("red \u001b[31malert\u202e\r\nnext")).isEqualTo("red [31malert  next");
  }
}
