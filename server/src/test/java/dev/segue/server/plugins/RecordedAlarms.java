package dev.segue.server.plugins;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Alarms in memory. */
public final class RecordedAlarms implements PluginAlarms {

  private final Map<String, String> raised = new ConcurrentHashMap<>();

  @Override
  public void raise(String kind, String subject, String message) {
    raised.put(kind + " " + subject, message);
  }

  @Override
  public void clear(String kind, String subject) {
    raised.remove(kind + " " + subject);
  }

  /** The messages of the raised alarms by kind and subject. */
  public Map<String, String> raised() {
    return Map.copyOf(raised);
  }
}
