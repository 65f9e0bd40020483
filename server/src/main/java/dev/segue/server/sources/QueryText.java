package dev.segue.server.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A query as somebody wrote it, made ready for the driver: {@code :from} and {@code :to} become
 * parameters, and there is one statement only. What the query does isn't judged here.
 */
final class QueryText {

  private static final Set<String> PARAMETERS = Set.of("from", "to");
  private static final String FIELD = "sql.query";

  private final String sql;
  private final List<String> parameters;

  private QueryText(String sql, List<String> parameters) {
    this.sql = sql;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * Reads it.
   *
   * @throws SourceException if it holds several statements, an unknown parameter, or a quotation or
   *     comment without an end
   */
  static QueryText parse(String text) throws SourceException {
    return new Scan(text).whole();
  }

  /** For the driver, with a question mark for each parameter. */
  String sql() {
    return sql;
  }

  /** The names of the parameters, in the order of their question marks. */
  List<String> parameters() {
    return parameters;
  }

  /** One pass over the text. */
  private static final class Scan {

    private final String text;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> parameters = new ArrayList<>();
    private int at;
    private boolean ended;

    Scan(String text) {
      this.text = text;
    }

    QueryText whole() throws SourceException {
      while (at < text.length()) {
        if (text.startsWith("--", at)) {
          int end = text.indexOf('\n', at);
          copyTo(end < 0 ? text.length() : end);
        } else if (text.startsWith("/*", at)) {
          copyTo(endOfComment());
        } else if (Character.isWhitespace(text.charAt(at))) {
          copyTo(at + 1);
        } else {
          token();
        }
      }
      return new QueryText(sql.toString(), parameters);
    }

    private void token() throws SourceException {
      if (ended) {
        throw new SourceException(FIELD, "There is more than one statement. Write one query.");
      }
      char now = text.charAt(at);
      switch (now) {
        case '\'' -> copyTo(endOfQuote('\'', isEscaping()));
        case '"' -> copyTo(endOfQuote('"', false));
        case '$' -> dollar();
        case ':' -> colon();
        case '?' -> {
          // An operator, which the driver would take for a parameter.
          sql.append("??");
          at++;
        }
        case ';' -> {
          ended = true;
          at++;
        }
        default -> copyTo(at + 1);
      }
    }

    private void copyTo(int end) {
      sql.append(text, at, end);
      at = end;
    }

    private int endOfComment() throws SourceException {
      int depth = 0;
      int i = at;
      while (i < text.length()) {
        if (text.startsWith("/*", i)) {
          depth++;
          i += 2;
        } else if (text.startsWith("*/", i)) {
          i += 2;
          if (--depth == 0) {
            return i;
          }
        } else {
          i++;
        }
      }
      throw new SourceException(FIELD, "A comment has no end. Close it by */.");
    }

    /** Whether the quotation that begins here is of the kind E'…', in which a backslash counts. */
    private boolean isEscaping() {
      return at > 0
          && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E')
          && (at == 1 || !isWord(text.charAt(at - 2)));
    }

    private int endOfQuote(char quote, boolean escaping) throws SourceException {
      for (int i = at + 1; i < text.length(); i++) {
        if (escaping && text.charAt(i) == '\\') {
          i++;
        } else if (text.charAt(i) == quote) {
          if (i + 1 < text.length() && text.charAt(i + 1) == quote) {
            i++;
          } else {
            return i + 1;
          }
        }
      }
      throw new SourceException(FIELD, "A quotation has no end. Close it by %s.".formatted(quote));
    }

    private void dollar() throws SourceException {
      if (at > 0 && isWord(text.charAt(at - 1))) {
        copyTo(at + 1);
        return;
      }
      int end = at + 1;
      while (end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
      boolean quotes = end < text.length() && text.charAt(end) == '$';
      if (!quotes || Character.isDigit(text.charAt(at + 1))) {
        throw new SourceException(FIELD, "There are no numbered parameters. Write :from and :to.");
      }
      String mark = text.substring(at, end + 1);
      int close = text.indexOf(mark, end + 1);
      if (close < 0) {
        throw new SourceException(FIELD, "A quotation has no end. Close it by %s.".formatted(mark));
      }
      copyTo(close + mark.length());
    }

    private void colon() throws SourceException {
      if (text.startsWith("::", at)) {
        copyTo(at + 2);
        return;
      }
      int end = at + 1;
      while (end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
      String name = text.substring(at + 1, end);
      if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
        copyTo(at + 1);
        return;
      }
      if (!PARAMETERS.contains(name)) {
        throw new SourceException(
            FIELD, "There is no parameter :%s. There are :from and :to.".formatted(name));
      }
      parameters.add(name);
      sql.append("?::timestamptz");
      at = end;
    }

    private static boolean isWord(char character) {
      return character == '_' || Character.isLetterOrDigit(character);
    }
  }
}
