package dev.segue.plugins.adsfiles.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Reads numbers as exports write them, with thousands marked or not; never by way of a double. */
final class Numbers {

  private static final Pattern NOTHING = Pattern.compile("|-|--|—|n/a", Pattern.CASE_INSENSITIVE);

  private final Pattern shape;
  private final char mark;

  Numbers(boolean decimalComma) {
    mark = decimalComma ? ',' : '.';
    String decimal = decimalComma ? "," : "\\.";
    String thousand = decimalComma ? "[.'’]" : "[,'’]";
    shape =
        Pattern.compile("-?(?:\\d+|\\d{1,3}(?:" + thousand + "\\d{3})+)?(?:" + decimal + "\\d*)?");
  }

  /**
   * Reads an amount such as {@code 1,234.50}, {@code €12.00} or {@code 3 400 EUR}; nothing and the
   * dashes that stand for it are 0.
   */
  BigDecimal amount(String text, AdsColumn column) throws Unreadable {
    String bare =
        text.replaceAll("[\\p{Sc}\\s\\u00a0\\u202f]", "").replaceAll("^[A-Z]{3}|[A-Z]{3}$", "");
    if (NOTHING.matcher(bare).matches()) {
      return BigDecimal.ZERO;
    }
    if (!shape.matcher(bare).matches() || bare.chars().noneMatch(Character::isDigit)) {
      throw new Unreadable(
          "the "
              + column.words()
              + " '"
              + text
              + "' is not a number with a decimal "
              + (mark == ',' ? "comma" : "point"));
    }
    String plain = bare.replaceAll(mark == ',' ? "[.'’]" : "[,'’]", "").replace(mark, '.');
    BigDecimal value = new BigDecimal(plain.startsWith(".") ? "0" + plain : plain);
    if (value.signum() < 0) {
      throw new Unreadable("the " + column.words() + " '" + text + "' is below 0");
    }
    if (value.precision() - value.scale() > 10) {
      throw new Unreadable("the " + column.words() + " '" + text + "' is too large");
    }
    return value.setScale(4, RoundingMode.HALF_UP);
  }

  /** Reads a whole number. */
  long count(String text, AdsColumn column) throws Unreadable {
    BigDecimal value = amount(text, column);
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw new Unreadable("the " + column.words() + " '" + text + "' is not a whole number");
    }
  }
}
