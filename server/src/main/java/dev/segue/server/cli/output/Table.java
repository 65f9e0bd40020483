package dev.segue.server.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of text in columns. A column that holds nothing but numbers, amounts or durations stands on
 * the right; a column without any text is left out.
 */
final class Table {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9][0-9.,]*( ([A-Z]{3}|%|ms|s|min.*|h.*))?");
  private static final String GAP = "  ";

  private final List<String> header;
  private final List<List<String>> rows;

  Table(List<String> header, List<List<String>> rows) {
    this.header = header;
    this.rows = rows;
  }

  List<String> lines() {
    List<StringBuilder> lines = new ArrayList<>();
    for (int row = -1; row < rows.size(); row++) {
      lines.add(new StringBuilder());
    }
    for (int column = 0; column < header.size(); column++) {
      if (!isBlank(column)) {
        append(lines, column);
      }
    }
    return lines.stream().map(line -> line.toString().stripTrailing()).toList();
  }

  private void append(List<StringBuilder> lines, int column) {
    boolean right = isNumeric(column);
    int width = header.get(column).length();
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).length());
    }
    for (int line = 0; line < lines.size(); line++) {
      String cell = line == 0 ? header.get(column) : rows.get(line - 1).get(column);
      String padding = " ".repeat(width - cell.length());
      StringBuilder text = lines.get(line);
      text.append(text.isEmpty() ? "" : GAP).append(right ? padding + cell : cell + padding);
    }
  }

  private boolean isBlank(int column) {
    return rows.stream().allMatch(row -> row.get(column).isBlank());
  }

  private boolean isNumeric(int column) {
    return rows.stream()
        .map(row -> row.get(column))
        .allMatch(cell -> cell.isEmpty() || NUMBER.matcher(cell).matches());
  }
}
