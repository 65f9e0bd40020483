package dev.segue.server.sources;

import dev.segue.server.http.Json;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Judges a query by the database's own plan for it and by its text: it may read the schema {@code
 * data} alone, and call nothing that acts, waits or runs other queries. All of these are volatile
 * functions. The plan names each relation, and functions that the text calls without a bracket; but
 * it leaves out expressions, such as those of LIMIT, of a window's frame and of VALUES, where the
 * text tells what is called.
 */
final class QueryGuard {

  private static final String FIELD = "sql.query";

  /** A literal, or a name with what follows it if that is a call. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'(?:[^']|'')*+'"
              + "|(?<name>\"(?:[^\"]|\"\")++\"|[\\p{L}_][\\p{L}\\p{N}_$]*+)(?<call>\\s*\\()?");

  private QueryGuard() {}

  /** Sets the parameters of a statement. */
  @FunctionalInterface
  interface Binding {
    void set(PreparedStatement statement) throws SQLException;
  }

  /**
   * Refuses a query that may not run; must be called in the transaction in which it will.
   *
   * @param sql the statement that will run, which contains the query
   */
  static void check(Connection connection, QueryText query, String sql, Binding binding)
      throws SQLException, SourceException {
    JsonNode plan;
    try (PreparedStatement statement =
        connection.prepareStatement("explain (verbose, format json) " + sql)) {
      binding.set(statement);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        plan = Json.parse(rows.getString(1));
      }
    }
    Set<String> called = new HashSet<>(query.called());
    walk(plan, called);
    Set<String> acting = acting(connection, called);
    if (!acting.isEmpty()) {
      throw new SourceException(
          FIELD,
          "It calls %s, which acts, waits, or gives something else each time. Leave that out; for times there are :from, :to and now()."
              .formatted(String.join(", ", acting)));
    }
  }

  private static void walk(JsonNode node, Set<String> called) throws SourceException {
    if (node.has("Relation Name") && !node.path("Schema").asString("").equals("data")) {
      throw new SourceException(
          FIELD,
          "It reads %s.%s. A query reads the views of the schema data, such as data.sales_line, and nothing else."
              .formatted(
                  node.path("Schema").asString(""), node.path("Relation Name").asString("")));
    }
    for (JsonNode part : node) {
      if (part.isString()) {
        called.addAll(called(part.asString()));
      } else {
        walk(part, called);
      }
    }
  }

  /** The functions that an expression of a plan calls. */
  static Set<String> called(String expression) {
    Set<String> called = new HashSet<>();
    Matcher token = TOKEN.matcher(expression);
    while (token.find()) {
      if (token.group("call") != null) {
        String name = token.group("name");
        called.add(
            name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT));
      }
    }
    return called;
  }

  private static Set<String> acting(Connection connection, Set<String> called) throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select distinct proname from pg_catalog.pg_proc"
                + " where proname = any(?) and provolatile = 'v'")) {
      Array names = connection.createArrayOf("text", called.toArray());
      statement.setArray(1, names);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return new TreeSet<>(found);
  }
}
