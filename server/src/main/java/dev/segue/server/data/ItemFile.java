package dev.segue.server.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A CSV of items as people send it: all of it is right, or it says everything that is wrong. */
final class ItemFile {

  private static final Set<String> KNOWN =
      Set.of("item_id", "name", "category", "price", "unit_cost", "currency");
  private static final int MOST_ERRORS = 100;
  private static final int MOST_ITEMS = 100_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ID = 100;
  private static final BigDecimal HIGHEST = new BigDecimal("99999999");

  private final String site;
  private final String siteCurrency;
  private final List<FieldError> errors = new ArrayList<>();
  private final Map<String, Item> items = new HashMap<>();

  private ItemFile(String site, String siteCurrency) {
    this.site = site;
    this.siteCurrency = siteCurrency;
  }

  /**
   * Reads a file.
   *
   * @param siteCurrency of lines that name none
   * @return the items by id
   * @throws ApiException 422 that names lines and columns
   */
  static Map<String, Item> read(String site, String siteCurrency, byte[] content) {
    ItemFile file = new ItemFile(site, siteCurrency);
    file.read(decode(content));
    if (!file.errors.isEmpty()) {
      throw ApiException.invalid(file.errors);
    }
    return file.items;
  }

  private static String decode(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw ApiException.invalid(
          "file", "is not in UTF-8. Save it in that encoding and try again.");
    }
  }

  private void read(String text) {
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().allowMissingFields(true).allowExtraFields(true).ofCsvRecord(text)) {
      List<String> header = null;
      for (CsvRecord line : reader) {
        if (header == null) {
          header = header(line);
        } else if (errors.size() < MOST_ERRORS) {
          readLine(header, line);
        }
      }
      if (header == null) {
        throw ApiException.invalid("file", "is empty; it needs a header line and items.");
      }
    } catch (CsvParseException e) {
      throw ApiException.invalid("file", "is not a CSV: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> header(CsvRecord line) {
    List<String> header = line.getFields().stream().map(String::strip).toList();
    List<FieldError> wrong = new ArrayList<>();
    for (String column : header) {
      if (!KNOWN.contains(column)) {
        wrong.add(new FieldError("line 1: " + column, "is not a column of items."));
      }
    }
    for (String needed : List.of("item_id", "name")) {
      if (!header.contains(needed)) {
        wrong.add(new FieldError("line 1", "lacks the column " + needed + "."));
      }
    }
    if (new HashSet<>(header).size() < header.size()) {
      wrong.add(new FieldError("line 1", "names a column twice."));
    }
    if (!wrong.isEmpty()) {
      throw ApiException.invalid(wrong);
    }
    return header;
  }

  private void readLine(List<String> header, CsvRecord line) {
    String place = "line " + line.getStartingLineNumber();
    if (line.getFieldCount() != header.size()) {
      errors.add(
          new FieldError(
              place,
              "has %d fields, the header %d.".formatted(line.getFieldCount(), header.size())));
      return;
    }
    Map<String, String> fields = new HashMap<>();
    for (int column = 0; column < header.size(); column++) {
      fields.put(header.get(column), line.getField(column).strip());
    }
    String id = text(place, fields, "item_id", LONGEST_ID);
    Item item =
        new Item(
            site,
            id,
            text(place, fields, "name", LONGEST_NAME),
            fields.getOrDefault("category", ""),
            amount(place, fields, "price"),
            amount(place, fields, "unit_cost"),
            currency(place, fields),
            true,
            1);
    if (items.put(id, item) != null) {
      errors.add(new FieldError(place + ": item_id", id + " was there before."));
    }
    if (items.size() > MOST_ITEMS) {
      throw ApiException.invalid("file", "has more than %d items.".formatted(MOST_ITEMS));
    }
  }

  private String text(String place, Map<String, String> fields, String column, int longest) {
    String value = fields.getOrDefault(column, "");
    if (value.isEmpty() || value.length() > longest) {
      errors.add(
          new FieldError(place + ": " + column, "needs 1 to %d characters.".formatted(longest)));
    }
    return value;
  }

  private @Nullable BigDecimal amount(String place, Map<String, String> fields, String column) {
    String value = fields.getOrDefault(column, "");
    if (value.isEmpty()) {
      return null;
    }
    if (!value.matches("\\d{1,8}(\\.\\d{1,4})?") || new BigDecimal(value).compareTo(HIGHEST) > 0) {
      errors.add(
          new FieldError(
              place + ": " + column,
              "%s is not an amount such as 12.50 (up to four decimals).".formatted(value)));
      return null;
    }
    return new BigDecimal(value);
  }

  private String currency(String place, Map<String, String> fields) {
    String value = fields.getOrDefault("currency", "");
    if (value.isEmpty()) {
      return siteCurrency;
    }
    if (Currency.getAvailableCurrencies().stream()
        .noneMatch(known -> known.getCurrencyCode().equals(value))) {
      errors.add(new FieldError(place + ": currency", "There is no currency " + value + "."));
    }
    return value;
  }
}
