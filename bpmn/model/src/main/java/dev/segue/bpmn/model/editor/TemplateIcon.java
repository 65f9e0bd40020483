package dev.segue.bpmn.model.editor;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** An icon as the data URI that an editor copies into every element drawn from a template. */
final class TemplateIcon {

  private static final int MOST_BYTES = 1_023;

  private TemplateIcon() {}

  /** Empty if there is no icon, or if it has 1 kB or more. */
  static Optional<String> of(String svg) {
    byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0 || bytes.length > MOST_BYTES) {
      return Optional.empty();
    }
    String escaped = "data:image/svg+xml;utf8," + escape(bytes);
    String encoded = "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(bytes);
    return Optional.of(escaped.length() <= encoded.length() ? escaped : encoded);
  }

  /** Leaves as they are the characters that browsers read in a data URI and XML in an attribute. */
  private static String escape(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 64);
    for (byte each : bytes) {
      char c = (char) (each & 0xff);
      if (c > ' ' && c < 0x7f && "\"#%<>&^`{|}\\".indexOf(c) < 0) {
        text.append(c);
      } else if (c == ' ') {
        text.append(c);
      } else {
        text.append('%').append("%02X".formatted((int) c));
      }
    }
    return text.toString();
  }
}
