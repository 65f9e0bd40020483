package dev.segue.plugins.content;

import java.util.List;

/**
 * The wording of the rules, several variants per channel. In braces: {@code item}, {@code percent},
 * {@code days} (when) and {@code brand}.
 *
 * @param subjects of emails
 * @param bodies of emails
 * @param messages for phones; each shorter than the one before, so that a long item still fits
 * @param posts for social networks
 * @param something what to say instead of an item that must not be named
 */
record Templates(
    List<String> subjects,
    List<String> bodies,
    List<String> messages,
    List<String> posts,
    String something) {

  private static final Templates ENGLISH =
      new Templates(
          List.of(
              "{percent}% off {item}, {days}",
              "{item}: {percent}% off {days}",
              "A treat for you: {item}, {percent}% off",
              "Fancy {item}? {percent}% off {days}"),
          List.of(
              """
              Hello,

              {days} you get {percent}% off {item} at {brand}.
              No voucher needed: just order, and the discount is taken off.

              See you soon,
              your team of {brand}
              """,
              """
              Dear guest,

              some dishes are worth a trip. Ours is {item}, and {days} it costs {percent}% less.
              Come by, bring a friend, and enjoy.

              Warm regards
              {brand}
              """,
              """
              Hello,

              we have something for you: {item} with {percent}% off, {days}.
              The offer holds for everyone who orders in these days, here or to take away.

              We look forward to your visit,
              {brand}
              """,
              """
              Dear guest,

              have you tried {item} lately? It is a good time to do so: {days} we take {percent}% off \
              the price.

              Until then,
              {brand}
              """),
          List.of(
              "{brand}: {percent}% off {item} {days}. No voucher needed, just drop in. We look"
                  + " forward to you!",
              "{brand}: {item} with {percent}% off {days}. Just order and enjoy!",
              "{brand}: {percent}% off {item} {days}.",
              "{percent}% off {item} {days}"),
          List.of(
              "{item}, {percent}% off, {days} at {brand}. Who are you bringing?",
              "Plans {days}? Make it {item}: {percent}% off at {brand}.",
              "Good things taste even better with {percent}% off: {item}, {days}. Your {brand}",
              "{days} we take {percent}% off {item}. See you at {brand}!"),
          "one of our favourites");

  private static final Templates GERMAN =
      new Templates(
          List.of(
              "{percent} % auf {item}, {days}",
              "{item}: {days} {percent} % günstiger",
              "Für Sie: {item} mit {percent} % Rabatt",
              "Lust auf {item}? {days} {percent} % Rabatt"),
          List.of(
              """
              Guten Tag,

              {days} gibt es bei {brand} {percent} % Rabatt auf {item}.
              Einen Gutschein brauchen Sie nicht: einfach bestellen, wir ziehen den Rabatt ab.

              Bis bald
              Ihr Team von {brand}
              """,
              """
              Liebe Gäste,

              für manches lohnt sich der Weg. Bei uns ist das {item}, und {days} kostet es {percent} % \
              weniger.
              Kommen Sie vorbei, bringen Sie jemanden mit und genießen Sie.

              Herzliche Grüße
              {brand}
              """,
              """
              Guten Tag,

              wir haben etwas für Sie: {item} mit {percent} % Rabatt, {days}.
              Das Angebot gilt für alle Bestellungen in dieser Zeit, hier und zum Mitnehmen.

              Wir freuen uns auf Ihren Besuch
              {brand}
              """,
              """
              Liebe Gäste,

              wann gab es bei Ihnen zuletzt {item}? Jetzt passt es gut: {days} ziehen wir {percent} % \
              vom Preis ab.

              Bis dahin
              {brand}
              """),
          List.of(
              "{brand}: {percent} % auf {item} {days}. Ohne Gutschein, einfach vorbeikommen. Wir"
                  + " freuen uns auf Sie!",
              "{brand}: {item} mit {percent} % Rabatt {days}. Einfach bestellen!",
              "{brand}: {percent} % auf {item} {days}.",
              "{percent} % auf {item} {days}"),
          List.of(
              "{item}, {percent} % günstiger, {days} bei {brand}. Wen bringen Sie mit?",
              "Schon etwas vor? {days} gibt es {item} mit {percent} % Rabatt bei {brand}.",
              "Gutes schmeckt noch besser mit {percent} % Rabatt: {item}, {days}. Ihr {brand}",
              "{days} ziehen wir {percent} % von {item} ab. Bis bald bei {brand}!"),
          "einer unserer Lieblinge");

  static Templates in(Language language) {
    return switch (language) {
      case ENGLISH -> ENGLISH;
      case GERMAN -> GERMAN;
    };
  }
}
