package dev.segue.plugins.adsfiles.export;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.segue.plugins.adsfiles.export.ExportFile.Numbered;
import dev.segue.plugins.adsfiles.export.ExportFile.Rejected;
import dev.segue.sdk.StepError;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads whole export files, of which the largest have some hundred thousand lines. */
public final class ExportReader {

  private static final int MOST_BYTES = 128 << 20;
  private static final int MOST_RAW = 300;
  private static final int MOST_KEPT_REJECTED = 100_000;

  /** Some exports begin with a title and the span of days. */
  private static final int LINES_BEFORE_HEADINGS = 10;

  private final ExportFormat format;
  private final LocalDate today;

  /**
   * Reads exports of a format.
   *
   * @param now days of the account that aren't over by then are passed over
   */
  public ExportReader(ExportFormat format, Instant now) {
    this.format = format;
    this.today = now.atZone(format.zone()).toLocalDate();
  }

  /**
   * Reads a file.
   *
   * @param path plain or gzipped, in UTF-8, UTF-16 with its mark, or Windows-1252
   * @param name as people know it
   * @return its lines
   * @throws StepError {@code ADS_FILE_COLUMNS} if columns are missing, {@code ADS_FILE_UNUSABLE} if
   *     it is no export at all
   * @throws IOException if it can't be read
   */
  public ExportFile read(Path path, String name) throws IOException {
    String text = text(path, name);
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .fieldSeparator(separator(text))
            .allowExtraFields(true)
            .allowMissingFields(true)
            .allowExtraCharsAfterClosingQuote(true)
            .ofCsvRecord(text)) {
      Iterator<CsvRecord> records = csv.iterator();
      Headings headings = headings(records, name);
      return lines(records, headings, name);
    } catch (CsvParseException e) {
      throw unusable(name, "is no delimited text: " + e.getMessage());
    }
  }

  private Headings headings(Iterator<CsvRecord> records, String name) {
    List<String> first = List.of();
    List<String> missing = List.of();
    for (int i = 0; i < LINES_BEFORE_HEADINGS && records.hasNext(); i++) {
      List<String> fields = records.next().getFields();
      Headings headings = Headings.of(fields, format.columns());
      List<String> lacks = headings.missing();
      if (lacks.isEmpty()) {
        return headings;
      }
      if (missing.isEmpty() || lacks.size() < missing.size()) {
        first = fields;
        missing = lacks;
      }
    }
    if (first.isEmpty()) {
      throw unusable(name, "is empty; export it again");
    }
    throw new StepError(
        "ADS_FILE_COLUMNS",
        "The file "
            + name
            + " has no column for: "
            + String.join(", ", missing)
            + ". Its headings are: "
            + String.join(", ", first.subList(0, Math.min(60, first.size())))
            + ". Export these columns too, or say in the connection which heading means what.");
  }

  private ExportFile lines(Iterator<CsvRecord> records, Headings headings, String name) {
    LineParser parser = new LineParser(headings, format);
    Map<AdsLine.Key, Numbered> lines = new LinkedHashMap<>();
    List<Rejected> rejected = new ArrayList<>();
    long duplicates = 0;
    long passedOver = 0;
    while (records.hasNext()) {
      CsvRecord record = records.next();
      try {
        AdsLine line =
            LineParser.isTotal(record.getFields()) ? null : parser.parse(record.getFields());
        if (line == null || !line.key().day().isBefore(today)) {
          passedOver++;
          continue;
        }
        Numbered known =
            lines.putIfAbsent(line.key(), new Numbered(record.getStartingLineNumber(), line));
        if (known != null && known.line().equals(line)) {
          duplicates++;
        } else if (known != null) {
          throw new Unreadable(
              "line " + known.number() + " has the same day, ad set, variant and segment");
        }
      } catch (Unreadable e) {
        if (rejected.size() < MOST_KEPT_REJECTED) {
          rejected.add(rejected(record, e.reason()));
        }
      }
    }
    return new ExportFile(name, Breakdown.of(headings), lines, rejected, duplicates, passedOver);
  }

  private static Rejected rejected(CsvRecord record, String reason) {
    String raw = String.join(",", record.getFields());
    return new Rejected(
        record.getStartingLineNumber(),
        reason,
        raw.length() <= MOST_RAW ? raw : raw.substring(0, MOST_RAW));
  }

  private static char separator(String text) {
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t'}) {
      long fields =
          text.lines()
              .limit(LINES_BEFORE_HEADINGS)
              .mapToLong(line -> line.chars().filter(c -> c == candidate).count())
              .max()
              .orElse(0);
      if (fields > most) {
        best = candidate;
        most = fields;
      }
    }
    return best;
  }

  private static String text(Path path, String name) throws IOException {
    byte[] bytes;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      in.mark(2);
      boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
      in.reset();
      bytes = (gzip ? new GZIPInputStream(in) : in).readNBytes(MOST_BYTES + 1);
    } catch (ZipException | EOFException e) {
      throw unusable(name, "is not a whole gzip file; copy or export it again");
    }
    if (bytes.length > MOST_BYTES) {
      throw unusable(name, "has more than 128 MiB; export fewer days at once");
    }
    return decoded(bytes);
  }

  private static String decoded(byte[] bytes) {
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
    }
    if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xfe && (bytes[1] & 0xff) == 0xff) {
      return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      return new String(bytes, Charset.forName("windows-1252"));
    }
  }

  private static StepError unusable(String name, String reason) {
    return new StepError("ADS_FILE_UNUSABLE", "The file " + name + " " + reason + ".");
  }
}
