package dev.segue.plugins.posfiles.csv;

/**
 * One record as it lies in the file, without its line end.
 *
 * @param bytes the content; not to be altered
 * @param line the number of its first line, counted from 1
 * @param offset the position of its first byte in the (unpacked) file
 * @param terminated whether a line end follows; false only for the last record of a file
 * @param damage whether the record can be split at all
 */
public record CsvRecord(byte[] bytes, long line, long offset, boolean terminated, Damage damage) {

  /** What may be wrong with the bounds of a record. */
  public enum Damage {
    /** Nothing. */
    NONE,
    /** A quotation mark opens and nothing closes it; the record is its first line alone. */
    OPEN_QUOTE,
    /** Longer than {@link CsvScanner#MOST_BYTES}; the record is its beginning. */
    TOO_LONG
  }

  /**
   * Tells whether there is nothing in it.
   *
   * @return true for an empty line and one of blanks
   */
  public boolean isBlank() {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }
}
