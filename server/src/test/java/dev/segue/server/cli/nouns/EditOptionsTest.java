package dev.segue.server.cli.nouns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.cli.api.CliException;
import dev.segue.server.cli.api.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EditOptionsTest {

  private static final String PRICES = "aaaa1111-0000-4000-8000-000000000001";
  private static final String TEXTS = "bbbb2222-0000-4000-8000-000000000002";

  private static JsonNode sets(String... ids) {
    var sets = Json.array();
    for (String id : ids) {
      sets.addObject().put("id", id);
    }
    return sets;
  }

  @Test
  void editsOfOneChangeAreCollected() {
    EditOptions edits = new EditOptions(sets(PRICES));
    edits.edit(List.of("0:price:=12.50", "0:label=a:b=c"));
    edits.remove(List.of("3"));

    assertThat(edits.toJson())
        .isEqualTo(
            Json.parse(
                    """
                    [{"changeSet": "%1$s", "ordinal": 0, "after": {"price": 12.50, "label": "a:b=c"}},
                     {"changeSet": "%1$s", "ordinal": 3, "remove": true}]
                    """
                        .formatted(PRICES))
                .orElseThrow());
  }

  @Test
  void oneOfSeveralListsIsNamedByTheStartOfItsId() {
    EditOptions edits = new EditOptions(sets(PRICES, TEXTS));
    edits.remove(List.of("bbbb:1"));

    assertThat(Json.text(edits.toJson().path(0), "changeSet")).isEqualTo(TEXTS);
    assertThatThrownBy(() -> edits.remove(List.of("1")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("there are 2 change lists");
  }

  @Test
  void saysHowToWriteAnEdit() {
    assertThatThrownBy(() -> new EditOptions(sets(PRICES)).edit(List.of("price=3")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("0:price=12.50");
  }
}
