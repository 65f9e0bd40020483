package dev.segue.plugins.posfiles.layout;

import dev.segue.plugins.posfiles.csv.CsvFields;
import dev.segue.plugins.posfiles.csv.CsvRecord;
import dev.segue.sdk.StepError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the records of one file, in order, into sales lines. Not thread-safe. */
public final class LineReader {

  private static final int MOST_RAW = 500;
  private static final int MOST_TEXT = 200;

  private final Layout layout;
  private final Header header;
  private final char separator;
  private final Charset charset;
  private final CharsetDecoder decoder;
  private final OrderTimes times;
  private final Amounts amounts;
  private final Currency currency;
  private final Map<String, BigDecimal> itemPrices;
  private final LineCounters counters = new LineCounters();
  private boolean allDecodable = true;

  /**
   * Prepares to read a file.
   *
   * @param file its name, for messages
   * @param firstLine its headings
   * @param layout how it is written
   * @param charset of this very file
   * @param place where its sales took place
   * @throws StepError {@code SALES_FILE_COLUMNS} if columns are missing
   */
  public LineReader(String file, String firstLine, Layout layout, Charset charset, Place place) {
    this.layout = layout;
    this.separator = layout.separator().in(firstLine);
    this.header = Header.of(file, CsvFields.split(firstLine, separator), layout);
    this.charset = charset;
    this.decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.times = new OrderTimes(layout.timeFormats(), layout.zone().orElse(place.zone()));
    this.amounts = new Amounts(layout.decimalComma());
    this.currency = place.currency();
    this.itemPrices = place.itemPrices();
  }

  /**
   * What the site adds to a file.
   *
   * @param zone of times without an offset, unless the layout names one
   * @param currency of amounts without one
   * @param itemPrices known prices by item id, for files without any
   */
  public record Place(ZoneId zone, Currency currency, Map<String, BigDecimal> itemPrices) {

    /** Copies the prices. */
    public Place {
      itemPrices = Map.copyOf(itemPrices);
    }
  }

  /**
   * Tells whether every line so far was text of this reader's character set.
   *
   * @return false once a line was rejected for its bytes
   */
  public boolean allDecodable() {
    return allDecodable;
  }

  /**
   * Tells what lies between two fields of this file.
   *
   * @return such as a semicolon
   */
  public char separator() {
    return separator;
  }

  /**
   * Reads one record; to be called for each record of the file, in order.
   *
   * @param record the next record after the headings
   * @return what became of it
   */
  public LineOutcome read(CsvRecord record) {
    if (record.isBlank()) {
      return new LineOutcome.Ignored();
    }
    switch (record.damage()) {
      case OPEN_QUOTE -> {
        return record.terminated()
            ? rejected(record, "a quotation mark is opened and never closed")
            : new LineOutcome.Incomplete(record.line());
      }
      case TOO_LONG -> {
        return rejected(record, "the line is longer than 64 kB");
      }
      case NONE -> {}
    }
    return switch (decode(record.bytes())) {
      case Decoded.Broken broken -> {
        allDecodable = false;
        yield rejected(
            record,
            "the byte at position "
                + (record.offset() + broken.index())
                + " of the file is not "
                + charset.name());
      }
      case Decoded.Text text -> split(record, text.value());
    };
  }

  private LineOutcome split(CsvRecord record, String text) {
    List<String> fields = CsvFields.split(text, separator);
    if (fields.size() < header.width() && !record.terminated()) {
      return new LineOutcome.Incomplete(record.line());
    }
    if (fields.size() != header.width()) {
      return rejected(
          record, "has " + fields.size() + " fields where the headings have " + header.width());
    }
    try {
      if (isIgnored(fields)) {
        return new LineOutcome.Ignored();
      }
      return new LineOutcome.Accepted(line(fields));
    } catch (Unreadable e) {
      return rejected(record, e.reason());
    }
  }

  private boolean isIgnored(List<String> fields) {
    if (layout.ignoredItems().isEmpty()) {
      return false;
    }
    return layout.ignoredItems().contains(lower(header.value(SalesColumn.ITEM, fields)))
        || layout.ignoredItems().contains(lower(header.value(SalesColumn.ITEM_NAME, fields)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private SalesLine line(List<String> fields) throws Unreadable {
    String order = needed(SalesColumn.ORDER, fields);
    String item = item(fields);
    String name = header.value(SalesColumn.ITEM_NAME, fields);
    Instant orderedAt = times.read(needed(SalesColumn.ORDERED_AT, fields));
    BigDecimal quantity =
        number(SalesColumn.QUANTITY, fields, 3, 9).orElse(BigDecimal.ONE.setScale(3));
    Prices prices = prices(fields, item, quantity);
    Currency paidIn = currency(header.value(SalesColumn.CURRENCY, fields));
    // Counted last, so that a rejected line takes no number.
    String line =
        header.has(SalesColumn.LINE)
            ? needed(SalesColumn.LINE, fields)
            : Integer.toString(counters.next(order));
    return new SalesLine(
        order,
        line,
        item,
        name.isEmpty() ? raw(SalesColumn.ITEM, fields) : shortened(name),
        shortened(header.value(SalesColumn.CATEGORY, fields)),
        orderedAt,
        quantity,
        prices.unit(),
        prices.amount(),
        paidIn,
        shortened(header.value(SalesColumn.CHANNEL, fields)));
  }

  /** A code stays as it is; a name, or an id made of several fields, becomes {@code big-meat-s}. */
  private String item(List<String> fields) throws Unreadable {
    String code = header.value(SalesColumn.ITEM, fields);
    if (!code.isEmpty() && !header.joins(SalesColumn.ITEM)) {
      return checked(SalesColumn.ITEM, code);
    }
    String words = code.isEmpty() ? header.value(SalesColumn.ITEM_NAME, fields) : code;
    String slug = lower(words).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-|-$", "");
    return checked(SalesColumn.ITEM, slug);
  }

  private String raw(SalesColumn column, List<String> fields) {
    return shortened(header.value(column, fields));
  }

  private String needed(SalesColumn column, List<String> fields) throws Unreadable {
    return checked(column, header.value(column, fields));
  }

  private static String checked(SalesColumn column, String value) throws Unreadable {
    if (value.isEmpty()) {
      throw new Unreadable("the " + column.words() + " is empty");
    }
    if (value.length() > MOST_TEXT || value.indexOf('\0') >= 0) {
      throw new Unreadable("the " + column.words() + " is longer than 200 characters or no text");
    }
    return value;
  }

  private static String shortened(String text) {
    String plain = text.replace("\0", "");
    return plain.length() <= MOST_TEXT ? plain : plain.substring(0, MOST_TEXT);
  }

  private record Prices(BigDecimal unit, BigDecimal amount) {}

  private Prices prices(List<String> fields, String item, BigDecimal quantity) throws Unreadable {
    Optional<BigDecimal> amount = number(SalesColumn.AMOUNT, fields, 4, 10);
    Optional<BigDecimal> unit = number(SalesColumn.UNIT_PRICE, fields, 4, 8);
    if (unit.isEmpty() && amount.isPresent() && quantity.signum() != 0) {
      unit = amount.map(paid -> paid.divide(quantity, 4, RoundingMode.HALF_UP));
    }
    if (unit.isEmpty()) {
      unit = priceElsewhere(item);
    }
    if (unit.isEmpty()) {
      throw new Unreadable(
          layout.prices() == PriceSource.FILE_OR_ITEM
              ? "there is no price in the file, and the item '" + item + "' has none in Segue"
              : "there is neither a price nor an amount");
    }
    BigDecimal each = unit.get();
    return new Prices(
        each, amount.orElseGet(() -> each.multiply(quantity).setScale(4, RoundingMode.HALF_UP)));
  }

  private Optional<BigDecimal> priceElsewhere(String item) {
    return switch (layout.prices()) {
      case FILE -> Optional.empty();
      case FILE_OR_ITEM -> Optional.ofNullable(itemPrices.get(item));
      case NONE -> Optional.of(BigDecimal.ZERO.setScale(4));
    };
  }

  private Optional<BigDecimal> number(
      SalesColumn column, List<String> fields, int scale, int digits) throws Unreadable {
    String text = header.value(column, fields);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(amounts.read(text, column.words(), scale, digits));
  }

  private Currency currency(String code) throws Unreadable {
    if (code.isEmpty() || code.equals(currency.getCurrencyCode())) {
      return currency;
    }
    try {
      return Currency.getInstance(code.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new Unreadable("'" + code + "' is not an ISO 4217 currency code such as EUR");
    }
  }

  private LineOutcome rejected(CsvRecord record, String reason) {
    byte[] bytes = record.bytes();
    String text = new String(bytes, 0, Math.min(bytes.length, 2 * MOST_RAW), charset);
    String raw = text.length() <= MOST_RAW ? text : text.substring(0, MOST_RAW);
    return new LineOutcome.Rejected(record.line(), raw.replace('\0', '\ufffd'), reason);
  }

  private sealed interface Decoded {
    record Text(String value) implements Decoded {}

    record Broken(int index) implements Decoded {}
  }

  private Decoded decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    decoder.reset();
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      return new Decoded.Broken(in.position());
    }
    decoder.flush(out);
    return new Decoded.Text(out.flip().toString());
  }
}
