package dev.segue.plugins.campaignmodels.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResponseCurveTest {

  @Test
  void findsTheCurveWhereCostsVary() {
    ResponseCurve truth = new ResponseCurve(400, 60);
    List<SpendDay> days =
        IntStream.range(0, 60)
            .mapToObj(i -> new SpendDay(10 + 5 * i, truth.at(10 + 5 * i)))
            .toList();
    ResponseCurve fitted = ResponseCurve.fit(days).orElseThrow();
    assertThat(fitted.half()).isCloseTo(60, within(6.0));
    assertThat(fitted.at(100)).isCloseTo(truth.at(100), within(5.0));
  }

  @Test
  void keepsToTheUsualBendWhereCostsDoNot() {
    List<SpendDay> days = Collections.nCopies(30, new SpendDay(100, 20));
    ResponseCurve fitted = ResponseCurve.fit(days).orElseThrow();
    assertThat(fitted.half()).isCloseTo(200, within(10.0));
    assertThat(fitted.at(100)).isCloseTo(20, within(1e-6));
  }

  @Test
  void copesWithNothingAtAll() {
    assertThat(ResponseCurve.fit(List.of())).isEmpty();
    assertThat(ResponseCurve.fit(Collections.nCopies(30, new SpendDay(0, 5)))).isEmpty();
    assertThat(ResponseCurve.fit(Collections.nCopies(30, new SpendDay(10, 0))).orElseThrow())
        .satisfies(curve -> assertThat(curve.at(10)).isZero())
        .satisfies(curve -> assertThat(curve.half()).isPositive());
    assertThatThrownBy(() -> new SpendDay(-1, 0)).hasMessageContaining("at least 0");
  }
}
