package dev.segue.server.plugins;

/** Where a plugin zip came from. */
public enum PluginSource {
  /** It came with Segue. */
  DISTRIBUTION,
  /** It lies in the home folder's plugins folder. */
  FOLDER,
  /** Somebody installed it by the API or the command line. */
  UPLOAD
}
