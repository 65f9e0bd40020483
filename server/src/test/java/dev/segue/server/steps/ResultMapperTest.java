package dev.segue.server.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.segue.bpmn.model.Feel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ResultMapperTest {

  private final ResultMapper mapper = new ResultMapper(new Feel());
  private final ObjectNode result =
      (ObjectNode) JsonMapper.shared().readTree("{\"loaves\":12,\"baker\":\"Ada\"}");

  @Test
  void withoutHeadersAResultGoesNowhere() {
    assertThat(mapper.variables(Map.of(), result)).isEmpty();
  }

  @Test
  void aVariableTakesTheWholeResult() {
    assertThat(mapper.variables(Map.of("resultVariable", " count "), result))
        .hasToString("{\"count\":{\"loaves\":12,\"baker\":\"Ada\"}}");
  }

  @Test
  void anExpressionSeesTheFieldsAndTheResponse() {
    assertThat(
            mapper.variables(
                Map.of("resultExpression", "= {dozen: loaves / 12, by: response.baker}"), result))
        .hasToString("{\"dozen\":1,\"by\":\"Ada\"}");
  }

  @Test
  void anExpressionMustGiveAContext() {
    assertThatExceptionOfType(MappingException.class)
        .isThrownBy(() -> mapper.variables(Map.of("resultExpression", "= loaves"), result))
        .withMessageContaining("= loaves")
        .withMessageContaining("12")
        .withMessageContaining("{name: value}");
  }

  @Test
  void anExpressionThatIsNoFeelIsNamed() {
    assertThatExceptionOfType(MappingException.class)
        .isThrownBy(() -> mapper.variables(Map.of("resultExpression", "= 1 +"), result))
        .withMessageContaining("1 +");
  }

  @Test
  void anErrorExpressionChoosesTheErrors() {
    Map<String, String> headers =
        Map.of(
            "errorExpression",
            "= if error.message != null and contains(error.message, \"flour\")"
                + " then {code: \"NO_FLOUR\", message: error.message} else null");

    assertThat(mapper.errorOfFailure(headers, "", "out of flour"))
        .contains(new ResultMapper.MappedError("NO_FLOUR", "out of flour"));
    assertThat(mapper.errorOfFailure(headers, "", "out of eggs")).isEmpty();
    assertThat(mapper.errorOfResult(headers, result)).isEmpty();
    assertThat(mapper.errorOfResult(Map.of(), result)).isEmpty();
  }
}
