package dev.segue.server.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class DefinitionTest {

  private static final Instant NOW = Instant.parse("2026-03-29T10:07:00Z");
  private static final String SQL = "'sql': { 'query': 'select 1' }";

  @Test
  void whatNobodySaysIsFilledIn() {
    ObjectNode kept =
        Definition.complete(written("{ 'metric': 'a', 'every': 'PT5M', " + SQL + " }"));
    assertThat(kept.path("lookback").asString()).isEqualTo("PT1H");
    assertThat(kept.at("/sql/timeout").asString()).isEqualTo("PT30S");
    assertThat(kept.at("/sql/limit").asInt()).isEqualTo(100_000);
    assertThat(Definition.complete(kept)).isEqualTo(kept);
  }

  @Test
  void everyCountsFromTheHourAndCronFollowsTheClockOfItsZone() {
    assertThat(read("{ 'metric': 'a', 'every': 'PT15M', " + SQL + " }").timing().next(NOW))
        .isEqualTo("2026-03-29T10:15:00Z");
    Definition daily = read("{ 'cron': '30 2 * * *', 'zone': 'Europe/Berlin', " + SQL + " }");
    Instant beforeTheGap = Instant.parse("2026-03-28T12:00:00Z");
    assertThat(daily.timing().next(beforeTheGap)).isEqualTo("2026-03-29T01:00:00Z");
    assertThat(daily.timing().next(NOW)).isEqualTo("2026-03-30T00:30:00Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'metric': 'a', 'every': 'PT5M' | sql",
        "'metric': 'a', 'every': 'PT5M', SQL, 'plugin': { 'id': 'x' } | sql",
        "'metric': 'a', SQL | every",
        "'metric': 'a', 'every': 'PT5M', 'cron': '@daily', SQL | every",
        "'metric': 'a', 'every': 'PT1S', SQL | every",
        "'metric': 'a', 'every': 'often', SQL | every",
        "'metric': 'a', 'cron': '0 0 30 2 *', 'zone': 'UTC', SQL | cron",
        "'metric': 'a', 'cron': '@daily', SQL | zone",
        "'metric': 'a', 'cron': '@daily', 'zone': 'Mars/Olympus', SQL | zone",
        "'metric': 'a', 'every': 'PT5M', 'zone': 'UTC', SQL | zone",
        "'metric': 'A b', 'every': 'PT5M', SQL | metric",
        "'metric': 'a', 'every': 'PT5M', 'plugin': { 'id': 'x' } | metric",
        "'every': 'PT5M', 'plugin': { 'id': ' ' } | plugin.id",
        "'every': 'PT5M', 'plugin': { 'id': 'x', 'metrics': [] } | plugin.metrics",
        "'every': 'PT5M', 'lookback': 'P999D', SQL | lookback",
        "'every': 'PT5M', 'sql': { 'query': ' ' } | sql.query",
        "'every': 'PT5M', 'sql': { 'query': 'select 1', 'timeout': 'PT1H' } | sql.timeout",
        "'every': 'PT5M', 'sql': { 'query': 'select 1', 'limit': 100001 } | sql.limit",
        "'every': 'PT5M', SQL, 'queries': 1 | queries"
      })
  void theFieldThatMakesNoSenseIsNamed(String fields, String field) {
    assertThatThrownBy(() -> read("{ " + fields.replace("SQL", SQL) + " }"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> assertThat(e.problem().errors().getFirst().field()).isEqualTo(field));
  }

  private static Definition read(String json) {
    return Definition.read(written(json));
  }

  private static ObjectNode written(String json) {
    return (ObjectNode) Json.parse(json.replace('\'', '"'));
  }
}
