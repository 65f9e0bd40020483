package dev.segue.plugins.content;

import java.util.Locale;

/** The language of texts. */
enum Language {
  /** British English. */
  ENGLISH(Locale.UK, "English"),
  /** German. */
  GERMAN(Locale.GERMANY, "German");

  private final Locale locale;
  private final String inEnglish;

  Language(Locale locale, String inEnglish) {
    this.locale = locale;
    this.inEnglish = inEnglish;
  }

  Locale locale() {
    return locale;
  }

  /** The language's name, for the prompt. */
  String inEnglish() {
    return inEnglish;
  }
}
