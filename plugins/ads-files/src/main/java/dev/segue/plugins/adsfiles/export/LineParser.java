package dev.segue.plugins.adsfiles.export;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the fields of one line. */
final class LineParser {

  private static final int MOST_TEXT = 200;
  private static final List<DateTimeFormatter> USUAL =
      Stream.of("uuuu-MM-dd", "uuuu/M/d", "d.M.uuuu", "MMM d, uuuu", "d MMM uuuu")
          .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
          .toList();

  private final Headings headings;
  private final ExportFormat format;
  private final Numbers numbers;

  LineParser(Headings headings, ExportFormat format) {
    this.headings = headings;
    this.format = format;
    this.numbers = new Numbers(format.decimalComma());
  }

  /** A line of sums begins with such a word where the day or the campaign would stand. */
  static boolean isTotal(List<String> fields) {
    return fields.stream()
        .map(String::strip)
        .filter(field -> !field.isEmpty())
        .findFirst()
        .map(first -> first.toLowerCase(Locale.ROOT).matches("(grand )?totals?\\b.*"))
        .orElse(true);
  }

  AdsLine parse(List<String> fields) throws Unreadable {
    if (fields.size() != headings.width()) {
      throw new Unreadable(
          "it has " + fields.size() + " fields where the headings have " + headings.width());
    }
    String campaign = text(AdsColumn.CAMPAIGN, fields);
    String campaignId = id(AdsColumn.CAMPAIGN_ID, campaign, fields);
    if (campaignId.isEmpty()) {
      throw new Unreadable("it names no campaign");
    }
    String adSet = text(AdsColumn.AD_SET, fields);
    String adSetId = id(AdsColumn.AD_SET_ID, adSet, fields);
    long impressions =
        numbers.count(headings.value(AdsColumn.IMPRESSIONS, fields), AdsColumn.IMPRESSIONS);
    long clicks = numbers.count(headings.value(AdsColumn.CLICKS, fields), AdsColumn.CLICKS);
    return new AdsLine(
        new AdsLine.Key(
            day(headings.value(AdsColumn.DAY, fields)),
            campaignId,
            adSetId.isEmpty() ? campaignId : adSetId,
            text(AdsColumn.VARIANT, fields),
            segment(fields)),
        campaign.isEmpty() ? campaignId : campaign,
        adSet.isEmpty() ? (adSetId.isEmpty() ? campaignId : adSetId) : adSet,
        impressions,
        clicks,
        amountIfThere(AdsColumn.CONVERSIONS, fields),
        amount(AdsColumn.COST, fields),
        amountIfThere(AdsColumn.REVENUE, fields),
        currency(fields));
  }

  private BigDecimal amount(AdsColumn column, List<String> fields) throws Unreadable {
    return numbers.amount(headings.value(column, fields), column);
  }

  private Optional<BigDecimal> amountIfThere(AdsColumn column, List<String> fields)
      throws Unreadable {
    return headings.has(column) ? Optional.of(amount(column, fields)) : Optional.empty();
  }

  private String text(AdsColumn column, List<String> fields) throws Unreadable {
    String text = headings.value(column, fields);
    if (text.length() > MOST_TEXT || text.indexOf('\0') >= 0) {
      throw new Unreadable("the " + column.words() + " is longer than 200 characters or no text");
    }
    return text;
  }

  /** The platform's id, or one made from the name, such as {@code summer-sale}. */
  private String id(AdsColumn column, String name, List<String> fields) throws Unreadable {
    String id = text(column, fields);
    return id.isEmpty()
        ? name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "")
        : id;
  }

  private String segment(List<String> fields) throws Unreadable {
    String named = text(AdsColumn.SEGMENT, fields);
    return named.isEmpty()
        ? (text(AdsColumn.AGE, fields) + " " + text(AdsColumn.GENDER, fields)).strip()
        : named;
  }

  private LocalDate day(String text) throws Unreadable {
    return Stream.concat(format.days().stream(), USUAL.stream())
        .map(formatter -> tryDay(text, formatter))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new Unreadable(
                    "the day '"
                        + text
                        + "' is no day such as 2026-11-24; add its format to the connection"));
  }

  private static Optional<LocalDate> tryDay(String text, DateTimeFormatter formatter) {
    try {
      return Optional.of(LocalDate.parse(text, formatter));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private String currency(List<String> fields) throws Unreadable {
    String own = headings.value(AdsColumn.CURRENCY, fields).toUpperCase(Locale.ROOT);
    String named = own.isEmpty() ? headings.currency().orElse(format.currency()) : own;
    if (!named.equals(format.currency())) {
      throw new Unreadable(
          "its amounts are in "
              + named
              + ", and the connection takes "
              + format.currency()
              + "; export the account in that currency, or use a connection of its own");
    }
    return named;
  }
}
