package dev.segue.plugins.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Gsm7Test {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "abc|3",
        "Größe|5",
        "à la carte|10",
        "£5 @ home|9",
        "5 €|4",
        "[a]|5",
        "^{}\\~|10",
        "a|1",
        "Ω ΔΦ|4",
        "½|-1",
        "ç|-1",
        "Ç|1",
        "😀|-1",
        "`|-1",
        "„x“|-1"
      })
  void countsCharactersAsATelephoneDoes(String text, int expected) {
    assertThat(Gsm7.length(text).orElse(-1)).isEqualTo(expected);
  }

  @Test
  void countsTheWholeAlphabetOnceAndTheExtensionTwice() {
    assertThat(Gsm7.length("a".repeat(160))).hasValue(160);
    assertThat(Gsm7.length("€".repeat(80))).hasValue(160);
    assertThat(Gsm7.length("\n\r\f")).hasValue(4);
    assertThat(Gsm7.length("")).hasValue(0);
  }

  @Test
  void namesTheCharactersThatDoNotFit() {
    assertThat(Gsm7.strangers("Zażółć 😀😀")).isEqualTo("ż ó ł ć 😀");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "„Käse“ – neu…|\"Käse\" - neu...",
        "Zażół|Zazo",
        "Crêpe ça|Crepe ca",
        "Hi 😀 you|Hi you"
      })
  void putsLookAlikesInTheirPlace(String text, String expected) {
    assertThat(Gsm7.transliterate(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ünïcødé ☕", "日本語", "a\u0000b"})
  void alwaysTransliteratesIntoTheAlphabet(String text) {
    assertThat(Gsm7.length(Gsm7.transliterate(text))).isPresent();
  }
}
