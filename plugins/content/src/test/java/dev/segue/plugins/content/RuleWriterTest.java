package dev.segue.plugins.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleWriterTest {

  @ParameterizedTest
  @EnumSource(Language.class)
  void keepsToTheRulesWhateverTheItemIsCalled(Language language) {
    Brand brand = new Brand("Zażółć & Söhne", "plain", language, List.of("cheap", "Gratis"));
    TextRules rules = new TextRules(brand);
    for (String item :
        List.of(
            "Margherita",
            "Crêpe „Zażółć“ 🍕",
            "A very long name of a dish that nobody would print on any menu, with 50% more cheese",
            "Cheap pizza",
            "{brand} <b>x</b> [Name]",
            "\n")) {
      for (long seed = 0; seed < 12; seed++) {
        Promotion promotion = promotion(item, "0.125");
        Texts texts = new RuleWriter(brand, seed).write(promotion);
        assertThat(rules.violations(texts, promotion)).as(item + ": " + texts).isEmpty();
      }
    }
  }

  @Test
  void givesTheSameTextsForTheSameSeedAndOthersForOthers() {
    Brand brand = new Brand("Pizza Place", "plain", Language.ENGLISH, List.of());
    Promotion promotion = promotion("Margherita", "0.2");

    assertThat(new RuleWriter(brand, 7).write(promotion))
        .isEqualTo(new RuleWriter(brand, 7).write(promotion));
    Set<String> bodies = new HashSet<>();
    for (long seed = 0; seed < 40; seed++) {
      bodies.add(new RuleWriter(brand, seed).write(promotion).body());
    }
    assertThat(bodies).hasSize(4);
  }

  @Test
  void writesDatesAndDecimalsAsTheLanguageDoes() {
    Texts german =
        new RuleWriter(new Brand("Café", "plain", Language.GERMAN, List.of()), 1)
            .write(promotion("Käsekuchen", "0.125"));

    assertThat(german.body()).contains("Käsekuchen", "12,5 %", "24. November", "Café");
    assertThat(german.sms()).contains("12,5 %");
  }

  @ParameterizedTest
  @CsvSource({"0.2,20", "0.125,12.5", "1,100", "0.333333,33.3", "0.05,5"})
  void namesTheDiscountWithoutNeedlessZeros(String share, String percent) {
    assertThat(promotion("x", share).percent()).isEqualTo(percent);
  }

  private static Promotion promotion(String item, String share) {
    return new Promotion(
        "p1",
        item,
        new BigDecimal(share),
        LocalDate.of(2026, 11, 24),
        LocalDate.of(2026, 11, 26),
        "-");
  }
}
