package dev.segue.plugins.posfiles.layout;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads numbers as people write them; never by way of a double. */
final class Amounts {

  private final char mark;
  private final char group;

  Amounts(boolean decimalComma) {
    this.mark = decimalComma ? ',' : '.';
    this.group = decimalComma ? '.' : ',';
  }

  /**
   * Reads a number such as {@code -1,234.50}, {@code $12.00}, {@code 12,50 €} or {@code (3.00)}.
   *
   * @param what the column, for the reason
   * @param scale digits after the mark that can be kept; more are rounded half up
   * @param digits digits before the mark that can be kept
   */
  BigDecimal read(String text, String what, int scale, int digits) throws Unreadable {
    String bare = bare(text);
    boolean negative = bare.startsWith("-") || (bare.startsWith("(") && bare.endsWith(")"));
    String plain = ungrouped(bare.replaceAll("[-+()]", ""), text, what);
    BigDecimal value = new BigDecimal(plain).setScale(scale, RoundingMode.HALF_UP);
    if (value.precision() - value.scale() > digits) {
      throw new Unreadable("the " + what + " '" + text + "' is too large");
    }
    return negative ? value.negate() : value;
  }

  /** Takes off currency signs, codes and blanks around the number. */
  private static String bare(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean symbol =
          Character.getType(c) == Character.CURRENCY_SYMBOL
              || Character.isWhitespace(c)
              || c == '\u00a0'
              || c == '\u202f';
      if (!symbol) {
        kept.append(c == '\u2212' ? '-' : c);
      }
    }
    String bare = kept.toString();
    return bare.matches("[A-Z]{3}.*") ? bare.substring(3) : bare.replaceFirst("[A-Z]{3}$", "");
  }

  private String ungrouped(String digits, String text, String what) throws Unreadable {
    int at = digits.indexOf(mark);
    String whole = at < 0 ? digits : digits.substring(0, at);
    String part = at < 0 ? "" : digits.substring(at + 1);
    String wholeDigits = isGrouped(whole) ? whole.replaceAll("[^0-9]", "") : whole;
    if (!isDigits(wholeDigits) || !isDigits(part) || wholeDigits.length() + part.length() == 0) {
      throw new Unreadable(
          "the "
              + what
              + " '"
              + text
              + "' is not a number with a decimal "
              + (mark == ',' ? "comma" : "point"));
    }
    return (wholeDigits.isEmpty() ? "0" : wholeDigits) + (part.isEmpty() ? "" : "." + part);
  }

  private boolean isGrouped(String whole) {
    return !isDigits(whole)
        && whole.matches("[0-9]{1,3}(?:[" + (group == '.' ? "\\." : ",") + "'’][0-9]{3})+");
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }
}
