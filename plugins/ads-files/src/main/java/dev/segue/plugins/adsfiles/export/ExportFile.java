package dev.segue.plugins.adsfiles.export;

import java.util.List;
import java.util.Map;

/**
 * What one file holds.
 *
 * @param name as people know it
 * @param breakdown by what its lines are told apart
 * @param lines readable lines by their key, with the number of the line
 * @param rejected unreadable lines, in order
 * @param duplicates lines that repeat another word for word
 * @param passedOver totals, and days that are not over yet
 */
public record ExportFile(
    String name,
    Breakdown breakdown,
    Map<AdsLine.Key, Numbered> lines,
    List<Rejected> rejected,
    long duplicates,
    long passedOver) {

  /** A readable line and where it stands. */
  public record Numbered(long number, AdsLine line) {}

  /**
   * An unreadable line.
   *
   * @param number counted from 1 with the headings
   * @param reason what is wrong with it
   * @param raw the line as it was read, at most 300 characters
   */
  public record Rejected(long number, String reason, String raw) {}
}
