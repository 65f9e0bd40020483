package dev.segue.plugins.content;

import java.text.Normalizer;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The alphabet of text messages (3GPP TS 23.038). A message of 160 characters is one message only
 * if every character is in it; nine more characters are in its extension table and count double.
 */
final class Gsm7 {

  /** What one message holds. */
  static final int ONE_MESSAGE = 160;

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String EXTENSION = "^{}\\[~]|€\f";
  private static final Map<Integer, String> ALIKE =
      Map.of(
          (int) '“',
          "\"",
          (int) '”',
          "\"",
          (int) '„',
          "\"",
          (int) '’',
          "'",
          (int) '‘',
          "'",
          (int) '–',
          "-",
          (int) '—',
          "-",
          (int) '…',
          "...",
          (int) '\u00a0',
          " ");

  private Gsm7() {}

  /**
   * Counts what a text takes in a message.
   *
   * @return characters, those of the extension table counted double; empty if a character is not in
   *     the alphabet
   */
  static OptionalInt length(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      int taken = taken(text.charAt(i));
      if (taken == 0) {
        return OptionalInt.empty();
      }
      length += taken;
    }
    return OptionalInt.of(length);
  }

  private static int taken(char c) {
    if (BASIC.indexOf(c) >= 0) {
      return 1;
    }
    return EXTENSION.indexOf(c) >= 0 ? 2 : 0;
  }

  /** Names the characters that are not in the alphabet, each once. */
  static String strangers(String text) {
    return text.codePoints()
        .filter(c -> c > 0xffff || taken((char) c) == 0)
        .distinct()
        .mapToObj(Character::toString)
        .collect(Collectors.joining(" "));
  }

  /** Puts look-alikes in place of characters that are not in the alphabet; drops the rest. */
  static String transliterate(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (c <= 0xffff && taken((char) c) > 0) {
                plain.append((char) c);
              } else {
                plain.append(alike(c));
              }
            });
    return plain.toString().replaceAll(" {2,}", " ").strip();
  }

  private static String alike(int c) {
    if (ALIKE.containsKey(c)) {
      return ALIKE.get(c);
    }
    return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD)
        .chars()
        .filter(part -> taken((char) part) > 0)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
