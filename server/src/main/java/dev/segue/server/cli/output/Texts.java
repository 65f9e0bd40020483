package dev.segue.server.cli.output;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Values of the API in words for people.
 *
 * @param zone in which times are shown
 */
public record Texts(ZoneId zone) {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int LEAST_DECIMALS = 2;

  /** A point in time, without a zone's name unless it is UTC; other text stays as it is. */
  public String time(JsonNode value) {
    String text = clean(value.asString(""));
    try {
      Instant instant = Instant.parse(text);
      return TIME.format(instant.atZone(zone)) + (zone.equals(ZoneOffset.UTC) ? "Z" : "");
    } catch (DateTimeException e) {
      return text;
    }
  }

  /** A duration in milliseconds, as coarse as people say it. */
  public static String duration(JsonNode millis) {
    if (!millis.isNumber()) {
      return "";
    }
    Duration duration = Duration.ofMillis(millis.asLong());
    if (duration.toMillis() < 1000) {
      return duration.toMillis() + " ms";
    }
    if (duration.toMinutes() < 1) {
      return BigDecimal.valueOf(duration.toMillis(), 3).setScale(1, RoundingMode.HALF_UP) + " s";
    }
    if (duration.toHours() < 1) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  /** An amount of money with at least two decimals, so that a column of them lines up. */
  public static String amount(JsonNode value) {
    if (value.isObject()) {
      String currency = clean(value.path("currency").asString(""));
      return (amount(value.path("amount")) + " " + currency).strip();
    }
    try {
      BigDecimal amount =
          value.isNumber() ? value.decimalValue() : new BigDecimal(value.asString(""));
      return amount
          .setScale(Math.max(LEAST_DECIMALS, amount.scale()), RoundingMode.UNNECESSARY)
          .toPlainString();
    } catch (NumberFormatException e) {
      return clean(value.asString(""));
    }
  }

  /** Any value on one line: scalars as they are, lists with commas, objects as name=value. */
  public static String value(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(part -> parts.add(value(part)));
      return String.join(", ", parts);
    }
    if (value.isObject()) {
      if (value.size() == 2 && value.has("amount") && value.has("currency")) {
        return amount(value);
      }
      List<String> parts = new ArrayList<>();
      value.forEachEntry((name, part) -> parts.add(clean(name) + "=" + value(part)));
      return String.join(", ", parts);
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "yes" : "no";
    }
    return clean(value.isNumber() ? value.decimalValue().toPlainString() : value.asString(""));
  }

  /** Text of others without what could steer the terminal, on one line. */
  public static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT)
        .forEach(clean::appendCodePoint);
    return clean.toString().strip();
  }
}
