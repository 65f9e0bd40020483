package dev.segue.plugins.content;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every text must keep to, whoever wrote it. */
final class TextRules {

  static final int MOST_SUBJECT = 78;
  static final int MOST_BODY = 1_200;
  static final int MOST_SOCIAL = 280;

  private static final Pattern PERCENT =
      Pattern.compile("([0-9]+(?:[.,][0-9]+)?)\\s*(?:%|percent|Prozent)");
  private static final Pattern LINK =
      Pattern.compile("(?i)https?:|www\\.|\\b[a-z0-9-]+\\.(?:com|net|org|de|io|app|ly|me)\\b");
  private static final Pattern MARKUP = Pattern.compile("<[a-zA-Z/!]|\\{[a-z]+}|\\[[A-Za-z ]+]");

  private final Brand brand;

  TextRules(Brand brand) {
    this.brand = brand;
  }

  /**
   * Finds what is wrong.
   *
   * @return in words that a model, too, understands; empty if the texts may be used
   */
  List<String> violations(Texts texts, Promotion promotion) {
    List<String> found = new ArrayList<>();
    checkText("subject", texts.subject(), MOST_SUBJECT, promotion, found);
    if (texts.subject().indexOf('\n') >= 0) {
      found.add("subject has a line end");
    }
    checkText("body", texts.body(), MOST_BODY, promotion, found);
    checkText("social", texts.social(), MOST_SOCIAL, promotion, found);
    checkText("sms", texts.sms(), Integer.MAX_VALUE, promotion, found);
    checkSms(texts.sms(), found);
    mustName("body", texts.body(), promotion, found);
    mustName("sms", texts.sms(), promotion, found);
    mustName("social", texts.social(), promotion, found);
    return found;
  }

  private void checkText(
      String name, String text, int most, Promotion promotion, List<String> found) {
    if (text.isBlank()) {
      found.add(name + " is empty");
    }
    if (text.codePointCount(0, text.length()) > most) {
      found.add(name + " is longer than " + most + " characters");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
      found.add(name + " has control characters");
    }
    if (LINK.matcher(text.replace(promotion.item(), "")).find()) {
      found.add(name + " has a link");
    }
    if (MARKUP.matcher(text).find()) {
      found.add(name + " has markup or a placeholder");
    }
    for (String term : brand.bannedTerms()) {
      if (holds(text, term)) {
        found.add(name + " uses the banned term '" + term + "'");
      }
    }
    checkPercent(name, text, promotion, found);
  }

  /** Whether a term occurs as words of its own, not inside another word. */
  static boolean holds(String text, String term) {
    Pattern words =
        Pattern.compile(
            "(?<![\\p{L}\\p{N}])" + Pattern.quote(term.strip()) + "(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    return !term.isBlank() && words.matcher(text).find();
  }

  /** A promise of another discount would have to be kept. */
  private static void checkPercent(
      String name, String text, Promotion promotion, List<String> found) {
    Matcher matcher = PERCENT.matcher(text.replace(promotion.item(), ""));
    BigDecimal promised = new BigDecimal(promotion.percent());
    while (matcher.find()) {
      if (new BigDecimal(matcher.group(1).replace(',', '.')).compareTo(promised) != 0) {
        found.add(
            name + " promises " + matcher.group() + " instead of " + promotion.percent() + "%");
      }
    }
  }

  private static void mustName(String name, String text, Promotion promotion, List<String> found) {
    String point = promotion.percent();
    if (!text.contains(point) && !text.contains(point.replace('.', ','))) {
      found.add(name + " does not name the discount of " + point + "%");
    }
  }

  private static void checkSms(String sms, List<String> found) {
    OptionalInt length = Gsm7.length(sms);
    if (length.isEmpty()) {
      found.add("sms has characters outside the GSM-7 alphabet: " + Gsm7.strangers(sms));
    } else if (length.getAsInt() > Gsm7.ONE_MESSAGE) {
      found.add("sms takes " + length.getAsInt() + " GSM-7 characters; at most 160 are allowed");
    }
  }
}
