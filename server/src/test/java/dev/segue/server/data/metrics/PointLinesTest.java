package dev.segue.server.data.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.data.metrics.PointLines.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PointLinesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aLineIsAPoint() throws IOException {
    String text =
        """
        {"metric":"orders","time":"2026-03-01T09:00:00+01:00","value":12,"labels":{"site":"cafe"}}

        {"metric":"orders","time":1772352000000,"value":1.5}
        """;
    assertThat(read(text))
        .containsExactly(
            new Line.Good(
                1,
                new Sample(
                    SeriesKey.of("orders", Map.of("site", "cafe")),
                    Instant.parse("2026-03-01T08:00:00Z"),
                    12)),
            new Line.Good(
                3,
                new Sample(
                    SeriesKey.of("orders", Map.of()), Instant.ofEpochMilli(1772352000000L), 1.5)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:30:00Z\",\"value\":1} | lies in the future",
        "{\"metric\":\"a\",\"time\":\"2020-03-01T12:30:00Z\",\"value\":1} | older than the 400 days",
        "{\"metric\":\"a\",\"time\":\"noon\",\"value\":1} | is no time",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":NaN} | no JSON",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1e999} | no finite number",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":\"3\"} | no finite number",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\"} | nothing is no finite number",
        "{\"metric\":\"A b\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1} | is no name",
        "{\"metric\":\"a\",\"when\":1} | There is no key when",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1,\"labels\":{\"B!\":\"x\"}} | is no name",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1,\"labels\":{\"b\":1}} | needs a text",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1,\"labels\":{\"b\":\"x\\u0000y\"}} | b has a character",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1,\"labels\":{\"b\":\"x\\ud83dy\"}} | b has a character",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1e300} | beyond 1.0E290",
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":-1e300} | beyond 1.0E290",
        "[1] | A line is an object",
        "{\"metric\": | no JSON"
      })
  void whatIsNoPointIsRefusedWithItsReasonAndHoldsUpNoOther(String line, String reason)
      throws IOException {
    String good = "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1}\n";
    List<Line> lines = read(good + line.strip() + "\n" + good);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .isInstanceOfSatisfying(
            Line.Bad.class,
            bad -> {
              assertThat(bad.number()).isEqualTo(2);
              assertThat(bad.reason()).contains(reason);
            });
    assertThat(lines.get(2)).isInstanceOf(Line.Good.class);
  }

  @Test
  void aLineThatIsTooLongOrHasTooManyLabelsIsRefused() throws IOException {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < 17; i++) {
      labels.append(i == 0 ? "" : ",").append("\"l%d\":\"x\"".formatted(i));
    }
    String many =
        "{\"metric\":\"a\",\"time\":\"2026-03-01T12:00:00Z\",\"value\":1,\"labels\":{%s}}"
            .formatted(labels);
    assertThat(read(many + "\n" + "x".repeat(1_000_000)))
        .containsExactly(
            new Line.Bad(1, "labels: there are 17, and 16 is the most."),
            new Line.Bad(2, "The line is longer than 16384 characters."));
  }

  private static List<Line> read(String text) throws IOException {
    PointLines lines =
        new PointLines(
            new BufferedReader(new StringReader(text)),
            new PointRules(MetricLimits.defaults(), NOW));
    List<Line> all = new ArrayList<>();
    for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      all.add(line.get());
    }
    return all;
  }
}
