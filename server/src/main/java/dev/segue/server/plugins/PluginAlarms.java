package dev.segue.server.plugins;

/** Where the host says what needs somebody's attention. Both are idempotent. */
public interface PluginAlarms {

  /**
   * Raises an alarm, or renews the message of one that is raised already.
   *
   * @param kind such as {@code plugin-refused}
   * @param subject what it is about, such as a step type
   * @param message what happened and what to do
   */
  void raise(String kind, String subject, String message);

  /** Takes an alarm back; nothing happens if it isn't raised. */
  void clear(String kind, String subject);
}
