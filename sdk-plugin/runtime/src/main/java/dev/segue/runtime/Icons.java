package dev.segue.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;

/** Reads the icons of a plugin. */
final class Icons {

  private static final int MOST_BYTES = 1_023;

  private Icons() {}

  /** The SVG document; empty if none is named or a problem has been reported. */
  static String read(ClassLoader loader, String name, Consumer<String> problem) {
    if (name.isEmpty()) {
      return "";
    }
    if (!name.matches("[A-Za-z0-9_-]{1,60}\\.svg")) {
      problem.accept(
          "names the icon '" + name + "'; name an SVG file below icons/, such as loaf.svg");
      return "";
    }
    try (InputStream in = loader.getResourceAsStream("icons/" + name)) {
      if (in == null) {
        problem.accept("names the icon '" + name + "', but there is no file icons/" + name);
        return "";
      }
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        problem.accept("has an icon of 1 kB or more: icons/" + name + "; make it simpler");
        return "";
      }
      return checked(new String(bytes, StandardCharsets.UTF_8).strip(), name, problem);
    } catch (IOException e) {
      problem.accept("has an icon that cannot be read: icons/" + name + ": " + e.getMessage());
      return "";
    }
  }

  private static String checked(String svg, String name, Consumer<String> problem) {
    String lower = svg.toLowerCase(Locale.ROOT);
    boolean plain =
        lower.startsWith("<svg")
            && lower.endsWith("</svg>")
            && !lower.contains("<script")
            && !lower.contains("<!")
            && !lower.contains("href");
    if (!plain) {
      problem.accept(
          "has an icon that is not a plain SVG: icons/"
              + name
              + "; start it with <svg, without scripts, links, comments and declarations");
    }
    return plain ? svg : "";
  }
}
