package dev.segue.server.plugins;

/** What is to become of an installed plugin version. */
public enum PluginState {
  /** It may serve steps. */
  ENABLED,
  /** It stays installed and serves nothing. */
  DISABLED,
  /** It is gone, and stays in the list for the record. */
  REMOVED,
  /** It breaks a rule; the message says which. */
  REFUSED,
  /** It failed too often and the version before serves again, until somebody enables this one. */
  ROLLED_BACK,
  /** It harmed the server, or somebody fears that it does; the message says how. */
  QUARANTINED
}
