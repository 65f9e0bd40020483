package dev.segue.server.plugins;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The shared list of plugin versions, in memory. */
final class InMemoryVersions implements PluginVersionStore {

  private final Map<String, PluginVersionRow> rows = new TreeMap<>();

  @Override
  public synchronized List<PluginVersionRow> list() {
    return List.copyOf(rows.values());
  }

  @Override
  public synchronized void save(PluginVersionRow row) {
    rows.put(row.pluginId() + "@" + row.version(), row);
  }

  @Override
  public synchronized void loaded(String pluginId, String version, List<String> stepTypes) {
    rows.computeIfPresent(
        pluginId + "@" + version,
        (key, row) ->
            (row.state() == PluginState.REFUSED ? row.with(PluginState.ENABLED, "") : row)
                .serving(stepTypes));
  }

  @Override
  public synchronized void delete(String pluginId, String version) {
    rows.remove(pluginId + "@" + version);
  }

  @Override
  public synchronized boolean quarantine(
      String pluginId, String version, String reason, String by, boolean byHand) {
    return rows.computeIfPresent(
            pluginId + "@" + version, (key, row) -> row.with(PluginState.QUARANTINED, reason))
        != null;
  }
}
