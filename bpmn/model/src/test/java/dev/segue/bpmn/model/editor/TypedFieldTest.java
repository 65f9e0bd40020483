package dev.segue.bpmn.model.editor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.runtime.schema.Json;
import dev.segue.sdk.Field;
import dev.segue.sdk.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TypedFieldTest {

  record Dish(@Field(title = "Name") String name, Optional<Money> price) {}

  record Output(
      @Field(title = "Accuracy", help = "From 0 to 1.") double accuracy,
      LocalDate day,
      boolean trained,
      List<List<Dish>> dishes,
      Dish best,
      Map<String, Integer> counts) {}

  @Test
  void tellsWhatAnEditorMayOfferAfterEachDot() {
    assertThat(TypedField.toJson(TypedField.of(Steps.output(Output.class))))
        .isEqualTo(
            Json.parse(
                """
                [{"name":"accuracy","type":"number","title":"Accuracy","description":"From 0 to 1.",
                  "optional":false},
                 {"name":"day","type":"string","title":"Day","format":"date","optional":false},
                 {"name":"trained","type":"boolean","title":"Trained","optional":false},
                 {"name":"dishes","type":"list","title":"Dishes","optional":false,"nested":[%1$s]},
                 {"name":"best","type":"context","title":"Best","optional":false,"nested":[%1$s]},
                 {"name":"counts","type":"context","title":"Counts","optional":false}]\
                """
                    .formatted(
                        """
                        {"name":"name","type":"string","title":"Name","optional":false},
                        {"name":"price","type":"context","title":"Price","format":"money","optional":true,
                         "nested":[
                          {"name":"amount","type":"number","title":"Amount","format":"decimal","optional":false},
                          {"name":"currency","type":"string","title":"Currency","optional":false}]}\
                        """)));
  }

  @Test
  void anEmptyResultOffersNothing() {
    assertThat(TypedField.of(Json.object())).isEmpty();
  }
}
