package dev.segue.server.sources;

import dev.segue.server.data.metrics.PointRules;
import dev.segue.server.http.ApiException;
import dev.segue.server.http.Json;
import dev.segue.server.triggers.StrictJson;
import dev.segue.server.triggers.schedules.Cron;
import dev.segue.server.triggers.schedules.CronException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said of a source, checked.
 *
 * @param metric of which its points are, unless they say so themselves; null if they do
 * @param lookback how much of what was collected before is read again
 */
record Definition(
    String title,
    String description,
    @Nullable String metric,
    String unit,
    Timing timing,
    Duration lookback,
    Origin origin) {

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final Duration LONGEST_QUERY = Duration.ofMinutes(10);
  private static final int MOST_ROWS = 100_000;
  private static final int LONGEST_TEXT = 20_000;

  /** From where points come. */
  sealed interface Origin {

    /** The name of the kind in the API and the database. */
    String kind();

    /**
     * A query over the business data.
     *
     * @param timeout how long the query may take
     * @param limit how many rows are read at most
     */
    record Sql(QueryText query, Duration timeout, int limit) implements Origin {
      @Override
      public String kind() {
        return "sql";
      }
    }

    /**
     * Metrics of a plugin.
     *
     * @param metrics which; null for all that it offers
     * @param connection the name of the connection to read from; null for none
     */
    record Plugin(String id, @Nullable List<String> metrics, @Nullable String connection)
        implements Origin {
      @Override
      public String kind() {
        return "plugin";
      }
    }
  }

  private record WrittenSql(
      @Nullable String query, @Nullable String timeout, @Nullable Integer limit) {}

  private record WrittenPlugin(
      @Nullable String id, @Nullable List<String> metrics, @Nullable String connection) {}

  private record Written(
      @Nullable String title,
      @Nullable String description,
      @Nullable String metric,
      @Nullable String unit,
      @Nullable String every,
      @Nullable String cron,
      @Nullable String zone,
      @Nullable String lookback,
      @Nullable WrittenSql sql,
      @Nullable WrittenPlugin plugin) {

    /** As it is kept: what nobody has said by its default. */
    Written full() {
      return new Written(
          or(title, ""),
          or(description, ""),
          metric,
          or(unit, ""),
          every,
          cron,
          zone,
          or(lookback, "PT1H"),
          sql == null
              ? null
              : new WrittenSql(
                  sql.query, or(sql.timeout, "PT30S"), sql.limit == null ? MOST_ROWS : sql.limit),
          plugin);
    }
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  /**
   * Reads what somebody wrote.
   *
   * @throws ApiException 422 with the field that makes no sense
   */
  static Definition read(ObjectNode written) {
    return of(StrictJson.read(written, Written.class, "").full());
  }

  /** The same with defaults filled in, checked. */
  static ObjectNode complete(ObjectNode written) {
    Written full = StrictJson.read(written, Written.class, "").full();
    of(full);
    return (ObjectNode) Json.tree(full);
  }

  private static Definition of(Written written) {
    Origin origin = origin(written);
    if (written.metric != null && !PointRules.isMetric(written.metric)) {
      throw ApiException.invalid(
          "metric",
          "\"%s\" is no name. Use up to 100 small letters, digits and underscores, a letter first."
              .formatted(written.metric));
    }
    if (written.metric != null && origin instanceof Origin.Plugin) {
      throw ApiException.invalid(
          "metric", "A plugin names its metrics itself. Choose them by plugin.metrics.");
    }
    return new Definition(
        or(written.title, ""),
        or(written.description, ""),
        written.metric,
        or(written.unit, ""),
        timing(written),
        duration("lookback", written.lookback, Duration.ZERO, LONGEST),
        origin);
  }

  private static Origin origin(Written written) {
    WrittenSql sql = written.sql;
    WrittenPlugin plugin = written.plugin;
    if (sql != null && plugin != null || sql == null && plugin == null) {
      throw ApiException.invalid("sql", "Say from where points come: either sql or plugin.");
    }
    if (sql != null) {
      int limit = sql.limit == null ? MOST_ROWS : sql.limit;
      if (limit < 1 || limit > MOST_ROWS) {
        throw ApiException.invalid(
            "sql.limit", "Write a number from 1 to %d.".formatted(MOST_ROWS));
      }
      return new Origin.Sql(
          query(sql.query),
          duration("sql.timeout", sql.timeout, Duration.ofSeconds(1), LONGEST_QUERY),
          limit);
    }
    String id = plugin == null ? null : plugin.id;
    if (plugin == null || id == null || id.isBlank()) {
      throw ApiException.invalid("plugin.id", "Name the plugin whose metrics are read.");
    }
    if (plugin.metrics != null && plugin.metrics.isEmpty()) {
      throw ApiException.invalid(
          "plugin.metrics", "Name one at least; leave it out for all that the plugin offers.");
    }
    return new Origin.Plugin(id, plugin.metrics, plugin.connection);
  }

  private static QueryText query(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw ApiException.invalid(
          "sql.query", "Write a query that returns the columns time and value.");
    }
    if (text.length() > LONGEST_TEXT) {
      throw ApiException.invalid(
          "sql.query", "It is longer than %d characters.".formatted(LONGEST_TEXT));
    }
    try {
      return QueryText.parse(text);
    } catch (SourceException e) {
      throw ApiException.invalid(e.field(), e.reason());
    }
  }

  private static Timing timing(Written written) {
    if ((written.every == null) == (written.cron == null)) {
      throw ApiException.invalid(
          "every", "Say when: either every, such as PT5M, or cron, such as `15 6 * * *`.");
    }
    if (written.cron == null) {
      if (written.zone != null) {
        throw ApiException.invalid("zone", "Only cron has a zone; every counts from 1970 in UTC.");
      }
      return new Timing.Every(duration("every", written.every, SHORTEST, LONGEST));
    }
    try {
      return new Timing.Named(Cron.parse(written.cron), zone(written.zone));
    } catch (CronException e) {
      throw ApiException.invalid("cron", e.problem());
    }
  }

  private static ZoneId zone(@Nullable String id) {
    if (id == null || !ZoneId.getAvailableZoneIds().contains(id)) {
      throw ApiException.invalid(
          "zone",
          id == null
              ? "Name the time zone of the cron expression, such as Europe/Berlin."
              : "There is no time zone %s. Use an IANA name, such as Europe/Berlin.".formatted(id));
    }
    return ZoneId.of(id);
  }

  private static Duration duration(
      String field, @Nullable String text, Duration least, Duration most) {
    try {
      Duration duration = Duration.parse(String.valueOf(text));
      if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      throw ApiException.invalid(
          field, "\"%s\" is no duration. Write such as PT30S, PT5M, PT1H or P1D.".formatted(text));
    }
    throw ApiException.invalid(field, "Write a duration from %s to %s.".formatted(least, most));
  }
}
