package dev.segue.server.triggers.monitors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.data.metrics.MetricReader;
import dev.segue.server.http.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A monitor that can't be watched keeps no other from being watched. */
class MonitorFaultsIT {

  private final MonitorGround ground = new MonitorGround();

  @AfterEach
  void close() throws Exception {
    ground.close();
  }

  @Test
  void aGroupThatCanNotBeStoredHoldsUpNoOther() {
    execute(
        """
        create function segue.no_red() returns trigger language plpgsql as
        'begin raise exception using errcode = ''22003'', message = ''out of range''; end'\
        """);
    execute(
        """
        create trigger no_red before insert on segue.monitor_group for each row
        when (new.group_key like '%red%') execute function segue.no_red()\
        """);
    ground.put("costs", Map.of("above", 10), Map.of());
    ground.put("others", Map.of("above", 10), Map.of());
    ground.turn(ground.server(), 1);
    ground.point(2, "red", 11);
    ground.point(2, "blue", 11);
    ground.turn(ground.server(), 3);
    assertThat(ground.firings("costs")).containsExactly("started");
    assertThat(ground.firings("others")).containsExactly("started");

    execute("drop trigger no_red on segue.monitor_group");
    ground.turn(ground.server(), 4);
    assertThat(ground.firings("costs")).containsExactly("started", "started");
  }

  @Test
  void neitherDoesOneThatWasStoredWrongly() {
    ground.put("costs", Map.of("above", 10), Map.of());
    ground.put("broken", Map.of("above", 10), Map.of());
    ground.put("endless", Map.of("above", 10), Map.of());
    ground.point(1, "red", 11);
    ground.turn(ground.server(), 2);
    assertThat(ground.firings("broken")).containsExactly("started");
    execute("update segue.monitor_group set state = '{}' where trigger_id = 'broken'");
    execute(
        """
        update segue.trigger set settings = settings || '{"every": "PT0.0001S"}'
        where trigger_id = 'endless'\
        """);
    ground.point(3, "blue", 11);
    ground.turn(ground.other(), 4);
    assertThat(ground.firings("costs")).containsExactly("started", "started");
    assertThat(ground.admin().get("/monitors").expect(200).path("items")).hasSize(3);
    ground.admin().delete("/triggers/endless").expect(204);
  }

  @Test
  void aBacktestThatTakesTooLongIsGivenUp() {
    for (int second = 0; second < 200; second++) {
      ground.point(second / 60.0, "red", 1);
    }
    MonitorSettings rule =
        MonitorSettings.read(
            Json.parse("{\"metric\": \"ad_costs\", \"condition\": {\"above\": 10}}").asObject());
    Backtest test =
        new Backtest(
            ground.database().jooq(),
            new MetricReader(),
            MonitorGround.START,
            MonitorGround.minute(10),
            Duration.ZERO);
    assertThatThrownBy(() -> test.run(rule, null)).hasMessageContaining("takes longer than 0 s");
  }

  private void execute(String statement) {
    ground.database().jooq().execute(statement);
  }
}
