package dev.segue.plugins.posfiles.layout;

import java.util.Comparator;
import java.util.List;

/** What lies between two fields. */
public enum Separator {
  /** Found out from the first line. */
  AUTO('\0'),
  /** A comma. */
  COMMA(','),
  /** A semicolon. */
  SEMICOLON(';'),
  /** A tabulator. */
  TAB('\t'),
  /** A vertical bar. */
  PIPE('|');

  private static final List<Separator> KNOWN = List.of(COMMA, SEMICOLON, TAB, PIPE);

  private final char character;

  Separator(char character) {
    this.character = character;
  }

  /**
   * Decides for one file.
   *
   * @param firstLine the line with the headings
   * @return this one's character or, for {@link #AUTO}, the one that occurs most outside quotation
   *     marks
   */
  public char in(String firstLine) {
    if (this != AUTO) {
      return character;
    }
    return KNOWN.stream()
        .max(Comparator.comparingLong(known -> count(firstLine, known.character)))
        .orElse(COMMA)
        .character;
  }

  private static long count(String text, char wanted) {
    long found = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      found += !quoted && c == wanted ? 1 : 0;
    }
    return found;
  }
}
