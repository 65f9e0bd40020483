package dev.segue.server.cli.output;

/** For whom a command prints. */
public enum Format {
  /** For people. */
  TABLE,
  /** For programs: the API's own names. */
  JSON
}
