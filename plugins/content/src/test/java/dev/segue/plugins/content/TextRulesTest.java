package dev.segue.plugins.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

  private static final Texts GOOD =
      new Texts("Margherita, 20% off", "We take 20% off.", "Now 20% off", "Only now: 20 % off!");
  private final TextRules rules =
      new TextRules(new Brand("Pizza", "plain", Language.ENGLISH, List.of("cheap", "best ever")));

  @Test
  void findsNothingInGoodTexts() {
    assertThat(violations(GOOD)).isEmpty();
  }

  @Test
  void findsBannedTermsAsWordsOnly() {
    assertThat(violations(with("So CHEAP: 20%")))
        .containsExactly("social uses the banned term 'cheap'");
    assertThat(violations(with("The best ever, 20%"))).hasSize(1);
    assertThat(violations(with("Cheapside has 20% off"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"30% off and 20% off", "Half price: 50 percent, not 20%"})
  void findsAPromiseThatNobodyMade(String social) {
    assertThat(violations(with(social))).singleElement().asString().contains("instead of 20%");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20% at https://evil.example",
        "20% on www.x.y",
        "20%: pizza.com",
        "20% at bit.ly/x"
      })
  void findsLinks(String social) {
    assertThat(violations(with(social))).containsExactly("social has a link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<b>20%</b>", "Dear [Name], 20%", "{item} 20%"})
  void findsMarkupAndPlaceholders(String social) {
    assertThat(violations(with(social))).containsExactly("social has markup or a placeholder");
  }

  @Test
  void holdsAMessageToOneTextMessage() {
    assertThat(
            violations(
                new Texts(GOOD.subject(), GOOD.body(), "20% " + "a".repeat(157), GOOD.social())))
        .containsExactly("sms takes 161 GSM-7 characters; at most 160 are allowed");
    assertThat(violations(new Texts(GOOD.subject(), GOOD.body(), "20% 🍕", GOOD.social())))
        .containsExactly("sms has characters outside the GSM-7 alphabet: 🍕");
  }

  @Test
  void asksForTheDiscountAndForLengths() {
    assertThat(violations(with("Come by!")))
        .containsExactly("social does not name the discount of 20%");
    assertThat(violations(with("20% " + "a".repeat(300)))).hasSize(1);
    assertThat(violations(new Texts("a\nb", GOOD.body(), GOOD.sms(), GOOD.social())))
        .containsExactly("subject has a line end");
  }

  private List<String> violations(Texts texts) {
    return rules.violations(
        texts,
        new Promotion(
            "p1",
            "Margherita",
            new BigDecimal("0.2"),
            LocalDate.of(2026, 11, 24),
            LocalDate.of(2026, 11, 26),
            "-"));
  }

  private static Texts with(String social) {
    return new Texts(GOOD.subject(), GOOD.body(), GOOD.sms(), social);
  }
}
