package dev.segue.bpmn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FeelTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private final Feel feel = new Feel();

  @Test
  void evaluatesToJson() {
    assertThat(value("{total: price * count, lines: [1, \"two\", null], ok: count > 2}"))
        .isEqualTo("{\"total\":14.7,\"lines\":[1,\"two\",null],\"ok\":true}");
  }

  @Test
  void keepsDecimalsExactly() {
    assertThat(value("0.1 + 0.2")).isEqualTo("0.3");
    assertThat(value("10 ** 3")).isEqualTo("1000");
  }

  @Test
  void writesTimesAsText() {
    assertThat(value("date(\"2026-03-29\")")).isEqualTo("\"2026-03-29\"");
    assertThat(value("time(\"10:00:00\")")).isEqualTo("\"10:00:00\"");
    assertThat(value("duration(\"P1D\")")).contains("\"P");
  }

  @Test
  void countsAMissingVariableAsNullAndSaysSo() {
    Feel.Result result = feel.evaluate("missing", variables());

    assertThat(result.value().isNull()).isTrue();
    assertThat(result.warnings()).anySatisfy(warning -> assertThat(warning).contains("missing"));
  }

  @Test
  void saysWhatIsNotFeel() {
    assertThat(feel.problem("a + b")).isEmpty();
    assertThat(feel.problem("a +")).isPresent();
    assertThat(feel.problem(" ")).contains("the expression is empty");
    assertThatThrownBy(() -> feel.evaluate("a +", variables()))
        .isInstanceOf(FeelException.class)
        .hasMessageContaining("'a +' is not FEEL");
  }

  @Test
  void givesNoNumberThatWouldBeAsLongAsABook() {
    assertThatThrownBy(() -> feel.evaluate("10 ** 100000", JSON.createObjectNode()))
        .isInstanceOf(FeelException.class)
        .hasMessageContaining("too large");
  }

  @Test
  void seesNestedVariables() {
    assertThat(value("order.lines[2].name")).isEqualTo("\"Rye\"");
    assertThat(value("for line in order.lines return upper case(line.name)"))
        .isEqualTo("[\"BUN\",\"RYE\"]");
  }

  @Test
  void tellsLoopsThatMayBeLong() {
    assertThat(beyond("sum(for i in 1..100 return i)", 1)).isFalse();
    assertThat(beyond("sum(for i in 1..101 return i)", 1)).isTrue();
    assertThat(beyond("for i in 1..10, j in 1..11 return i", 1)).isTrue();
    assertThat(beyond("for i in 1..10 return (for j in 1..11 return j)", 1)).isTrue();
    assertThat(beyond("for i in (for j in 1..60 return j), k in 1..2 return i", 1)).isTrue();
    assertThat(beyond("{a: [for x in order.lines, i in 1..price return i]}", 1)).isTrue();
    assertThat(beyond("for line in order.lines return line.name", 100)).isFalse();
    assertThat(beyond("for line in order.lines return line.name", 101)).isTrue();
    assertThat(beyond("for a in order.lines, b in order.lines return a.name", 11)).isTrue();
    assertThat(beyond("order.lines[name = \"Bun\"]", 101)).isTrue();
    assertThat(beyond("some i in -50..price satisfies i > 3", 1)).isTrue();
    assertThat(beyond("some i in -50..49 satisfies i > 3", 1)).isFalse();
  }

  private boolean beyond(String expression, int listSize) {
    return feel.loopsBeyond(expression, listSize, 100);
  }

  private String value(String expression) {
    return feel.evaluate(expression, variables()).value().toString();
  }

  private static ObjectNode variables() {
    return (ObjectNode)
        JSON.readTree(
            """
            {"price": 4.90, "count": 3, "none": null,
             "order": {"lines": [{"name": "Bun"}, {"name": "Rye"}]}}""");
  }
}
