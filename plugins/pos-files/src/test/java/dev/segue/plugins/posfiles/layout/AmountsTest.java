package dev.segue.plugins.posfiles.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "12.5|12.5000",
        "$1,234.50|1234.5000",
        "-3|-3.0000",
        "(4.25)|-4.2500",
        "EUR 7.10|7.1000",
        "7.10 USD|7.1000",
        ".5|0.5000",
        "0.12345|0.1235",
        "1'234.5|1234.5000"
      })
  void readsNumbersWithADecimalPoint(String text, BigDecimal expected) throws Exception {
    assertThat(new Amounts(false).read(text, "price", 4, 8)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"12,5|12.5000", "1.234,50 €|1234.5000", "-0,99|-0.9900", "1.234.567|1234567.0000"})
  void readsNumbersWithADecimalComma(String text, BigDecimal expected) throws Exception {
    assertThat(new Amounts(true).read(text, "price", 4, 8)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"12,50", "abc", "-", "1.2.3", "1e5", "NaN", "123456789"})
  void refusesWhatIsNoNumberOfThatKind(String text) {
    assertThatThrownBy(() -> new Amounts(false).read(text, "price", 4, 8))
        .hasMessageContaining("price")
        .hasMessageContaining(text);
  }
}
