package dev.segue.plugins.posfiles.csv;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into records: a line end within quotation marks belongs to the record (RFC 4180).
 *
 * <p>Holds one buffer, however long the file is. A quotation mark that nothing closes would swallow
 * the rest of the file; such a record ends with its first line, and reading goes on after it. Not
 * thread-safe.
 */
public final class CsvScanner {

  /** No sensible record is longer. */
  public static final int MOST_BYTES = 64 * 1024;

  private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final int NOT_FOUND = -1;
  private static final int IN_QUOTES = -2;

  private final InputStream in;
  private final byte[] buffer = new byte[2 * MOST_BYTES];
  private int start;
  private int end;
  private boolean ended;
  private long line = 1;
  private long offset;

  /**
   * Begins at the start of a file and passes over a byte order mark.
   *
   * @param in unpacked bytes; not closed by this class
   * @throws IOException if the stream cannot be read
   */
  public CsvScanner(InputStream in) throws IOException {
    this.in = in;
    fill();
    if (end >= BOM.length && Arrays.equals(buffer, 0, BOM.length, BOM, 0, BOM.length)) {
      start = BOM.length;
      offset = BOM.length;
    }
  }

  /**
   * Reads the next record.
   *
   * @param separator what lies between two fields, by which a quotation mark is known to open one
   * @return the record, or null at the end
   * @throws IOException if the stream cannot be read
   */
  public @Nullable CsvRecord next(char separator) throws IOException {
    if (end - start < MOST_BYTES + 2) {
      fill();
    }
    if (start == end) {
      return null;
    }
    int lineEnd = findEnd(separator, true);
    if (lineEnd >= 0) {
      return cut(lineEnd, true, CsvRecord.Damage.NONE);
    }
    if (ended && end - start <= MOST_BYTES && !endsInQuotes(separator)) {
      return cut(end, false, CsvRecord.Damage.NONE);
    }
    int firstLineEnd = findEnd(separator, false);
    if (firstLineEnd >= 0) {
      return cut(firstLineEnd, true, CsvRecord.Damage.OPEN_QUOTE);
    }
    return ended && end - start <= MOST_BYTES
        ? cut(end, false, CsvRecord.Damage.OPEN_QUOTE)
        : cutTooLong();
  }

  private boolean endsInQuotes(char separator) {
    return scan(separator, true, end) == IN_QUOTES;
  }

  private int findEnd(char separator, boolean minded) {
    return scan(separator, minded, Math.min(end, start + MOST_BYTES));
  }

  /** The index of the line end; quotation marks count only if they are minded. */
  private int scan(char separator, boolean mindQuotes, int limit) {
    boolean quoted = false;
    boolean quotedField = false;
    boolean fieldStart = true;
    for (int i = start; i < limit; i++) {
      byte b = buffer[i];
      if (quoted) {
        quoted = b != '"';
      } else if (b == '\n' || b == '\r') {
        return i;
      } else if (b == separator) {
        fieldStart = true;
        quotedField = false;
      } else if (b == '"' && mindQuotes) {
        // A mark inside a plain field (5" pizza) is a character; a doubled one reopens its field.
        quoted = fieldStart || (quotedField && buffer[i - 1] == '"');
        quotedField |= quoted;
        fieldStart = false;
      } else {
        fieldStart &= b == ' ';
      }
    }
    return quoted ? IN_QUOTES : NOT_FOUND;
  }

  private CsvRecord cut(int until, boolean terminated, CsvRecord.Damage damage) throws IOException {
    byte[] bytes = Arrays.copyOfRange(buffer, start, until);
    CsvRecord record = new CsvRecord(bytes, line, offset, terminated, damage);
    int after = until;
    if (terminated) {
      boolean pair = buffer[until] == '\r' && until + 1 < end && buffer[until + 1] == '\n';
      after = until + (pair ? 2 : 1);
      line++;
    }
    line += innerLines(bytes);
    offset += after - start;
    start = after;
    return record;
  }

  private static int innerLines(byte[] bytes) {
    int lines = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n'
          || (bytes[i] == '\r' && (i + 1 == bytes.length || bytes[i + 1] != '\n'))) {
        lines++;
      }
    }
    return lines;
  }

  /** Hands out the beginning and passes over the rest of the line. */
  private CsvRecord cutTooLong() throws IOException {
    byte[] beginning = Arrays.copyOfRange(buffer, start, start + 1024);
    CsvRecord record = new CsvRecord(beginning, line, offset, true, CsvRecord.Damage.TOO_LONG);
    while (start < end) {
      byte b = buffer[start++];
      offset++;
      if (b == '\n') {
        line++;
        break;
      }
      if (start == end) {
        fill();
      }
    }
    return record;
  }

  private void fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    while (!ended && end < buffer.length) {
      int read = in.read(buffer, end, buffer.length - end);
      if (read < 0) {
        ended = true;
      } else {
        end += read;
      }
    }
  }
}
