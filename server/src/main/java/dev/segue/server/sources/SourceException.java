package dev.segue.server.sources;

/** Points can't be fetched; the message says why and what to mend. */
final class SourceException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Tells why.
   *
   * @param field which part of the definition is to be mended, such as {@code sql.query}
   */
  SourceException(String field, String message) {
    super(message);
    this.field = field;
  }

  String field() {
    return field;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
