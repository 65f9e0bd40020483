package dev.segue.plugins.posfiles.layout;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** How characters are written; each leaves the ASCII range alone. */
public enum Encoding {
  /** UTF-8; a line with other bytes is rejected. */
  UTF_8(StandardCharsets.UTF_8),
  /** UTF-8, or Windows-1252 for a file that is not UTF-8 throughout. */
  UTF_8_OR_WINDOWS_1252(StandardCharsets.UTF_8),
  /** Western European Windows. */
  WINDOWS_1252(Charset.forName("windows-1252")),
  /** Western European with the euro sign. */
  ISO_8859_15(Charset.forName("ISO-8859-15"));

  private final Charset charset;

  Encoding(Charset charset) {
    this.charset = charset;
  }

  /**
   * Tells what to try first.
   *
   * @return the character set
   */
  public Charset charset() {
    return charset;
  }
}
