package dev.segue.server.sources;

import dev.segue.runtime.invoke.MetricPoints.Period;

/** Reads points wherever a definition says. Thread-safe. */
final class PointReaders {

  private final SqlPoints sql;
  private final PluginPoints plugins;

  PointReaders(SqlPoints sql, PluginPoints plugins) {
    this.sql = sql;
    this.plugins = plugins;
  }

  PluginPoints plugins() {
    return plugins;
  }

  /** Reads all points of a period, as far as the definition's limit goes. */
  boolean read(Definition definition, Period period, PointSink sink) throws SourceException {
    return read(definition, period, Integer.MAX_VALUE, sink);
  }

  /**
   * Reads points of a period.
   *
   * @param most how many points, of each metric of a plugin, are read
   * @return whether there are more
   */
  boolean read(Definition definition, Period period, int most, PointSink sink)
      throws SourceException {
    return switch (definition.origin()) {
      case Definition.Origin.Sql source ->
          sql.read(source, definition.metric(), period, Math.min(most, source.limit()), sink);
      case Definition.Origin.Plugin source ->
          plugins.read(source, period, Math.min(most, PluginPoints.MOST_POINTS), sink);
    };
  }
}
