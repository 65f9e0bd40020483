package dev.segue.plugins.posfiles.layout;

/** What became of one line of a file. */
public sealed interface LineOutcome {

  /**
   * It can be imported.
   *
   * @param line what it says
   */
  record Accepted(SalesLine line) implements LineOutcome {}

  /**
   * It cannot.
   *
   * @param number of the line in the file, from 1
   * @param raw at most 500 characters of it
   * @param reason what is wrong, in words
   */
  record Rejected(long number, String raw, String reason) implements LineOutcome {}

  /** It is of an item that the connection passes over, or blank. */
  record Ignored() implements LineOutcome {}

  /**
   * It is the last one, has no line end and too few fields: the till is still writing.
   *
   * @param number of the line in the file, from 1
   */
  record Incomplete(long number) implements LineOutcome {}
}
