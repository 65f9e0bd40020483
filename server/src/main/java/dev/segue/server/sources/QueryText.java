package dev.segue.server.sources;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
  private final Set<String> called;

  private QueryText(String sql, List<String> parameters, Set<String> called) {
    this.sql = sql;
    this.parameters = List.copyOf(parameters);
    this.called = Set.copyOf(called);
  }

  /**
   * Reads it.
   *
   * @throws SourceException if it holds several statements, an unknown parameter, a quotation or
   *     comment without an end, or one that could be read in two ways
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

  /** The names before a bracket, as the database spells them: functions, and some that are none. */
  Set<String> called() {
    return called;
  }

  /** One pass over the text, which cuts it as the database does. */
  private static final class Scan {

    private final String text;
    private final StringBuilder sql = new StringBuilder();
    private final List<String> parameters = new ArrayList<>();
    private final Set<String> called = new LinkedHashSet<>();
    private int at;
    private boolean ended;

    /** The name that was the token before; empty if it was something else. */
    private String name = "";

    /** Whether the token before was a quotation in which a backslash counts. */
    private boolean escaped;

    Scan(String text) {
      this.text = text;
    }

    QueryText whole() throws SourceException {
      while (at < text.length()) {
        if (text.startsWith("--", at)) {
          copyTo(endOfLine());
        } else if (text.startsWith("/*", at)) {
          copyTo(endOfComment());
        } else if (isSpace(text.charAt(at))) {
          copyTo(at + 1);
        } else {
          token();
        }
      }
      return new QueryText(sql.toString(), parameters, called);
    }

    private void token() throws SourceException {
      if (ended) {
        throw new SourceException(FIELD, "There is more than one statement. Write one query.");
      }
      char now = text.charAt(at);
      String before = name;
      name = "";
      if (now == '\'' && escaped) {
        throw new SourceException(FIELD, "E'…' goes on in another quotation. Join them by ||.");
      }
      escaped = false;
      switch (now) {
        case '\'' -> copyTo(endOfQuote('\'', false));
        case '"' -> quotedName();
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
        case '(' -> {
          if (!before.isEmpty()) {
            called.add(before);
          }
          copyTo(at + 1);
        }
        default -> {
          if (isWord(now) && !isDigit(now)) {
            word();
          } else {
            copyTo(at + 1);
          }
        }
      }
    }

    private void word() throws SourceException {
      int end = at + 1;
      while (end < text.length() && (isWord(text.charAt(end)) || text.charAt(end) == '$')) {
        end++;
      }
      String word = text.substring(at, end).toLowerCase(Locale.ROOT);
      if (word.equals("u") && text.startsWith("&\"", end)) {
        throw new SourceException(
            FIELD, "It writes a name as U&\"…\". Write the name itself in quotation marks.");
      }
      copyTo(end);
      if (word.equals("e") && text.startsWith("'", end)) {
        copyTo(endOfQuote('\'', true));
        escaped = true;
      } else {
        name = word;
      }
    }

    private void quotedName() throws SourceException {
      int end = endOfQuote('"', false);
      name = text.substring(at + 1, end - 1).replace("\"\"", "\"");
      copyTo(end);
    }

    private void copyTo(int end) {
      sql.append(text, at, end);
      at = end;
    }

    private int endOfLine() {
      int end = at;
      while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
        end++;
      }
      return end;
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
      int end = at + 1;
      while (end < text.length() && isWord(text.charAt(end))) {
        end++;
      }
      boolean quotes = end < text.length() && text.charAt(end) == '$';
      if (!quotes || isDigit(text.charAt(at + 1))) {
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
      String parameter = text.substring(at + 1, end);
      if (parameter.isEmpty() || isDigit(parameter.charAt(0))) {
        copyTo(at + 1);
        return;
      }
      if (!PARAMETERS.contains(parameter)) {
        throw new SourceException(
            FIELD, "There is no parameter :%s. There are :from and :to.".formatted(parameter));
      }
      parameters.add(parameter);
      sql.append("?::timestamptz");
      at = end;
    }

    /** As the database sees it, to which all that isn't ASCII may be part of a name. */
    private static boolean isWord(char character) {
      return character == '_'
          || isDigit(character)
          || character >= 'a' && character <= 'z'
          || character >= 'A' && character <= 'Z'
          || character >= 128;
    }

    private static boolean isDigit(char character) {
      return character >= '0' && character <= '9';
    }

    private static boolean isSpace(char character) {
      return " \t\n\r\f\u000b".indexOf(character) >= 0;
    }
  }
}
