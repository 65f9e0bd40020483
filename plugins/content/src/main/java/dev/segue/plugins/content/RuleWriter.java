package dev.segue.plugins.content;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Writes texts from templates: the same seed, promotion and brand always give the same texts, which
 * always keep to {@link TextRules}.
 */
final class RuleWriter {

  private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");
  private static final int LONGEST_ITEM = 40;

  private final Brand brand;
  private final Templates templates;
  private final long seed;

  RuleWriter(Brand brand, long seed) {
    this.brand = brand;
    this.templates = Templates.in(brand.language());
    this.seed = seed;
  }

  Texts write(Promotion promotion) {
    String item = item(promotion);
    Map<String, String> values =
        Map.of(
            "item",
            item,
            "percent",
            percent(promotion),
            "days",
            days(promotion),
            "brand",
            allowed(brand.name()) ? brand.name() : "");
    Map<String, String> shorter = new HashMap<>(values);
    shorter.put("item", shortened(item, LONGEST_ITEM));
    return new Texts(
        fitted(choose(templates.subjects(), promotion, "subject"), shorter, TextRules.MOST_SUBJECT),
        capital(fill(choose(templates.bodies(), promotion, "body"), values)).strip(),
        sms(shorter),
        fitted(choose(templates.posts(), promotion, "social"), shorter, TextRules.MOST_SOCIAL));
  }

  /** Fills a template, with the item cut to what the limit leaves for it. */
  private static String fitted(String template, Map<String, String> values, int most) {
    String text = capital(fill(template, values));
    if (text.length() <= most) {
      return text;
    }
    String item = values.getOrDefault("item", "");
    Map<String, String> fitting = new HashMap<>(values);
    fitting.put("item", shortened(item, Math.max(4, item.length() - (text.length() - most))));
    return capital(fill(template, fitting));
  }

  /** The item, unless it would break the rules by its very name. */
  private String item(Promotion promotion) {
    String item = promotion.item().replaceAll("\\p{Cntrl}|[<>{}\\[\\]]", " ").strip();
    return item.isEmpty() || !allowed(item) ? templates.something() : item;
  }

  private boolean allowed(String text) {
    return brand.bannedTerms().stream().noneMatch(term -> TextRules.holds(text, term));
  }

  /** The first wording that fits; at last, one with the item cut to what is left. */
  private String sms(Map<String, String> values) {
    for (String template : templates.messages()) {
      String text = Gsm7.transliterate(capital(fill(template, values)));
      OptionalInt length = Gsm7.length(text);
      if (length.isPresent() && length.getAsInt() <= Gsm7.ONE_MESSAGE) {
        return text;
      }
    }
    Map<String, String> shortest = new HashMap<>(values);
    shortest.put("item", templates.something());
    return Gsm7.transliterate(capital(fill(templates.messages().getLast(), shortest)));
  }

  private String choose(List<String> variants, Promotion promotion, String channel) {
    CRC32 hash = new CRC32();
    hash.update((seed + "/" + promotion.id() + "/" + channel).getBytes(StandardCharsets.UTF_8));
    return variants.get((int) (hash.getValue() % variants.size()));
  }

  /** In one pass, so that braces within a value stay what they are. */
  private static String fill(String template, Map<String, String> values) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(values.getOrDefault(place.group(1), place.group())));
  }

  private String percent(Promotion promotion) {
    return brand.language() == Language.GERMAN
        ? promotion.percent().replace('.', ',')
        : promotion.percent();
  }

  private String days(Promotion promotion) {
    LocalDate from = promotion.startsOn();
    LocalDate to = promotion.endsOn();
    boolean german = brand.language() == Language.GERMAN;
    DateTimeFormatter day =
        DateTimeFormatter.ofPattern(german ? "d. MMMM" : "d MMMM", brand.language().locale());
    if (from.equals(to)) {
      return (german ? "am " : "on ") + from.format(day);
    }
    return german
        ? "vom " + from.format(day) + " bis " + to.format(day)
        : "from " + from.format(day) + " to " + to.format(day);
  }

  private static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3).strip() + "...";
  }
}
