package dev.segue.server.cli.nouns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {

  @Test
  void anEqualsSignGivesTextAndAColonBeforeItJson() {
    assertThat(Values.collect("--var", null, List.of("a=1", "b:=1", "c=x=y", "d:=[true]")))
        .isEqualTo(
            Json.parse("{\"a\": \"1\", \"b\": 1, \"c\": \"x=y\", \"d\": [true]}").orElseThrow());
  }

  @Test
  void saysWhatIsWrongWithAValue() {
    assertThatThrownBy(() -> Values.collect("--var", null, List.of("alone")))
        .isInstanceOf(CliException.class)
        .hasMessage("--var: `alone` has no value. Write name=text or name:=json.");
    assertThatThrownBy(() -> Values.collect("--var", null, List.of("n:=oops")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("`oops` is not JSON");
  }
}
