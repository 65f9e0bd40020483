package dev.segue.server.data;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of PostgreSQL's COPY, made as they are read: however many there are, one
 * buffer of them is in memory.
 */
final class CopyText extends InputStream {

  static final int BUFFER = 64 * 1024;

  private final int columns;
  private final Iterator<Object[]> rows;
  private byte[] buffer = new byte[0];
  private int position;

  CopyText(int columns, Iterator<Object[]> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  @Override
  public int read() {
    return fill() ? buffer[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.length - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  private boolean fill() {
    if (position < buffer.length) {
      return true;
    }
    StringBuilder text = new StringBuilder(BUFFER);
    while (text.length() < BUFFER && rows.hasNext()) {
      append(text, rows.next());
    }
    buffer = text.toString().getBytes(StandardCharsets.UTF_8);
    position = 0;
    return buffer.length > 0;
  }

  private void append(StringBuilder text, @Nullable Object[] row) {
    if (row.length != columns) {
      throw new IllegalArgumentException(
          "a row has " + row.length + " values for " + columns + " columns");
    }
    for (int column = 0; column < row.length; column++) {
      if (column > 0) {
        text.append('\t');
      }
      value(text, row[column]);
    }
    text.append('\n');
  }

  private static void value(StringBuilder text, @Nullable Object value) {
    switch (value) {
      case null -> text.append("\\N");
      case BigDecimal number -> text.append(number.toPlainString());
      case byte[] bytes -> text.append("\\\\x").append(HexFormat.of().formatHex(bytes));
      default -> escape(text, value.toString());
    }
  }

  private static void escape(StringBuilder text, String value) {
    for (int index = 0; index < value.length(); index++) {
      char c = value.charAt(index);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }
}
