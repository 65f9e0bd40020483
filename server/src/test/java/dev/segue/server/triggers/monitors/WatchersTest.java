package dev.segue.server.triggers.monitors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.server.data.metrics.SeriesKey;
import dev.segue.server.http.Json;
import dev.segue.server.runs.RunMode;
import dev.segue.server.triggers.Trigger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class WatchersTest {

  private static final SeriesKey RED_NORTH =
      SeriesKey.of("costs", Map.of("campaign", "red", "site", "north"));

  private final Watchers watchers = new Watchers();

  @Test
  void aSeriesIsWatchedByWhoeverAsksForNoLabelThatItLacks() {
    add("all", "costs", Map.of());
    add("red", "costs", Map.of("campaign", "red"));
    add("red-north", "costs", Map.of("campaign", "red", "site", "north"));
    add("red-south", "costs", Map.of("campaign", "red", "site", "south"));
    add("clicks", "clicks", Map.of("campaign", "red"));
    assertThat(found()).containsExactlyInAnyOrder("all", "red", "red-north");
    assertThat(watchers.metrics()).containsExactlyInAnyOrder("costs", "clicks");
  }

  @Test
  void whoWasRemovedWatchesNothing() {
    Watched first = add("first", "costs", Map.of("campaign", "red"));
    add("second", "costs", Map.of("campaign", "red", "site", "north"));
    watchers.remove(first);
    watchers.remove(first);
    assertThat(found()).containsExactly("second");
    assertThat(watchers.metrics()).containsExactly("costs");
    assertThat(watchers.find("first")).isNull();
  }

  private List<String> found() {
    return watchers.of(RED_NORTH).stream().map(Watched::id).toList();
  }

  private Watched add(String id, String metric, Map<String, String> labels) {
    ObjectNode settings = Json.object().put("metric", metric);
    settings.set("labels", Json.tree(labels));
    settings.set("condition", Json.object().put("above", 1));
    Trigger trigger =
        new Trigger(
            id,
            Monitors.KIND,
            "order",
            id,
            RunMode.LIVE,
            Json.object(),
            Json.object(),
            settings,
            Trigger.Origin.API,
            null,
            1,
            Instant.EPOCH,
            "mia");
    Watched monitor = new Watched(trigger, new HashMap<>());
    watchers.add(monitor);
    return monitor;
  }
}
