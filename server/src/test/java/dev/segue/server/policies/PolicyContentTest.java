package dev.segue.server.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import dev.segue.server.http.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyContentTest {

  private static final List<String> TARGETS = List.of("price", "promotion");

  @Test
  void namedKindsNeedALimitThatMeasuresWhateverTheyAre() {
    Map<String, Object> amounts = Map.of("currency", "EUR", "amountPerDay", 60, "targets", TARGETS);
    Map<String, Object> percent = Map.of("percentPerChange", 10, "targets", TARGETS);

    assertThat(refused(amounts)).as("a price without an amount").containsExactly("limits.targets");
    assertThat(refused(percent)).as("a new promotion").containsExactly("limits.targets");
    assertThatCode(() -> content("approve", percent).check()).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"changesPerSet", "changesPerDay", "audiencePerSet", "audiencePerDay"})
  void aCountBoundsKindsThatNoOtherLimitMeasures(String count) {
    Map<String, Object> limits = new HashMap<>(Map.of("percentPerChange", 10, "targets", TARGETS));
    limits.put(count, 5);

    assertThatCode(() -> content("automatic", limits).check()).doesNotThrowAnyException();
  }

  @Test
  void numbersWithoutEndAreRefused() {
    BigDecimal fine = new BigDecimal("1e-900");

    assertThat(refused(Map.of("percentPerChange", fine)))
        .containsExactly("limits.percentPerChange");
    assertThat(refused(Map.of("currency", "EUR", "amountPerDay", fine)))
        .containsExactly("limits.amountPerDay");
    assertThat(new Fallback(null, null, fine, new Fallback.Effect("ratio", fine, null)).problems())
        .extracting(FieldError::field)
        .containsExactly("fallback.approvalRate", "fallback.effect.atLeast");
  }

  private static List<String> refused(Map<String, Object> limits) {
    List<String> fields = new ArrayList<>();
    assertThatThrownBy(() -> content("automatic", limits).check())
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal ->
                refusal.problem().errors().stream().map(FieldError::field).forEach(fields::add));
    return fields;
  }

  private static PolicyContent content(String level, Map<String, Object> limits) {
    return Json.mapper()
        .convertValue(
            Map.of("workflow", "w", "changes", "*", "level", level, "limits", limits),
            PolicyContent.class);
  }
}
