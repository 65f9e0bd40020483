package dev.segue.server.triggers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.bpmn.model.Feel;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.runs.RunMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class InputMappingTest {

  private final InputMapping mapping =
      new InputMapping(
          new Expressions(new Feel(), InstantSource.system()), site -> Optional.empty());

  @Test
  void variablesComeFromEventTriggerAndSite() {
    InputMapping.Mapped mapped =
        apply(
            Map.of(
                "total",
                "sum(event.data.lines.price)",
                "day",
                "=date(event.dueAt)",
                "who",
                "trigger.id + \"@\" + site.id",
                "brand",
                "trigger.variables.brand",
                "note",
                "get or else(event.data.note, \"none\")"));
    assertThat(mapped.failures()).isEmpty();
    assertThat(mapped.variables().toString())
        .contains(
            "\"total\":5",
            "\"day\":\"2026-06-01\"",
            "\"who\":\"orders@north\"",
            "\"brand\":\"B\"",
            "\"note\":\"none\"");
  }

  @Test
  void whatIsNotThereFailsAndSaysSo() {
    InputMapping.Mapped mapped = apply(Map.of("total", "event.data.totl", "ok", "1"));
    assertThat(mapped.errors())
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.field()).isEqualTo("mapping.total");
              assertThat(error.message()).contains("totl");
            });
  }

  @Test
  void whatIsKeptOfAFailureHoldsNoValueOfTheEvent() {
    InputMapping.Mapped mapped =
        apply(Map.of("a", "assert(event.data.pin, false)", "b", "event.data.pin.digits"));
    assertThat(mapped.errors()).hasSize(2);
    assertThat(mapped.errors().toString()).doesNotContain("4711");
  }

  @Test
  void whatCannotBeAMappingIsRefusedNamingTheField() {
    assertRefused(Json.object().put("a", "1 +"), "mapping.a", "not FEEL");
    assertRefused(Json.object().put("a", 5), "mapping.a", "as text");
    assertRefused(Json.object().put("segue", "1"), "mapping.segue", "Segue's own");
    assertRefused(Json.object().put("a-b", "1"), "mapping.a-b", "characters");
    assertRefused(Json.object().put("a", "for i in 1..event.data.n return i"), "mapping.a", "loop");
    assertRefused(Json.object().put("a", "1 + ".repeat(600) + "1"), "mapping.a", "2000");
    mapping.check(Json.object().put("a", "for l in event.data.lines return l.price"));
  }

  @Test
  void loopsThatWouldTakeAllMemoryAreNeverBegun() {
    assertRefused(
        Json.object().put("a", "for a in 1..1000, b in 1..1000 return a + b"),
        "mapping.a",
        "10,000");
    String nested = "count(for a in event.many, b in event.many return 1)";
    mapping.check(Json.object().put("a", nested));
    ObjectNode event = Json.object();
    for (int i = 0; i < 2000; i++) {
      event.withArray("many").add(i);
    }
    assertThat(apply(Map.of("a", nested), event).errors().toString()).contains("too long");
    assertThat(apply(Map.of("a", "count(event.many)"), event).variables().toString())
        .isEqualTo("{\"a\":2000}");
  }

  private void assertRefused(ObjectNode written, String field, String reason) {
    assertThatThrownBy(() -> mapping.check(written))
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.problem().errors())
                    .singleElement()
                    .satisfies(
                        error -> {
                          assertThat(error.field()).isEqualTo(field);
                          assertThat(error.message()).contains(reason);
                        }));
  }

  private InputMapping.Mapped apply(Map<String, String> expressions) {
    ObjectNode event =
        (ObjectNode)
            Json.parse(
                """
                {"dueAt": "2026-06-01", "data": {"pin": 4711, "lines": [{"price": 2}, {"price": 3}]}}\
                """);
    return apply(expressions, event);
  }

  private InputMapping.Mapped apply(Map<String, String> expressions, ObjectNode event) {
    Trigger trigger =
        new Trigger(
            "orders",
            "webhook",
            "order",
            "Orders",
            RunMode.LIVE,
            Json.object().put("brand", "B"),
            (ObjectNode) Json.tree(expressions),
            Json.object(),
            Trigger.Origin.API,
            null,
            1,
            Instant.EPOCH,
            "anna");
    return mapping.apply(trigger, event, "north");
  }
}
