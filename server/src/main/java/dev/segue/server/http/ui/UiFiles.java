package dev.segue.server.http.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of the pages in a folder of the class path and keeps in memory what was asked
 * for. Thread-safe; the first call for a file reads it, so it may block.
 */
public final class UiFiles {

  private static final String PAGE = "index.html";
  private static final String ASSETS = "assets/";
  private static final int TAG_BYTES = 12;

  /** No segment begins with a dot, so no path leaves the folder. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._~@-]*(/[A-Za-z0-9_-][A-Za-z0-9._~@-]*){0,15}");

  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("webp", "image/webp"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("woff", "font/woff"));

  private enum Variant {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz"),
    PLAIN(null, "");

    private final @Nullable String encoding;
    private final String suffix;

    Variant(@Nullable String encoding, String suffix) {
      this.encoding = encoding;
      this.suffix = suffix;
    }
  }

  private final String folder;
  private final Map<String, UiFile> known = new ConcurrentHashMap<>();

  private UiFiles(String folder) {
    this.folder = "/" + folder + "/";
  }

  /**
   * The files of a folder of the class path, such as {@code ui}. That there are none is no fault:
   * then {@link #page} finds nothing.
   */
  public static UiFiles of(String folder) {
    return new UiFiles(folder);
  }

  /**
   * The page that a browser gets for every address which isn't a file: the pages find their own
   * way.
   *
   * @param accepted the header {@code Accept-Encoding}
   * @return empty if the pages were not built
   */
  public Optional<UiFile> page(@Nullable String accepted) {
    return find(PAGE, accepted);
  }

  /**
   * A file by its path below the folder, without a leading slash.
   *
   * @param accepted the header {@code Accept-Encoding}
   * @return empty if there is none, or if the path is none that the build would have written
   */
  public Optional<UiFile> find(String path, @Nullable String accepted) {
    if (!NAME.matcher(path).matches()) {
      return Optional.empty();
    }
    for (Variant variant : accepted(accepted)) {
      Optional<UiFile> found = find(path, variant);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<UiFile> find(String path, Variant variant) {
    String name = path + variant.suffix;
    UiFile file = known.get(name);
    if (file == null) {
      byte[] content = read(folder + name);
      if (content == null) {
        return Optional.empty();
      }
      file =
          new UiFile(
              content, mediaType(path), variant.encoding, tag(content), path.startsWith(ASSETS));
      known.put(name, file);
    }
    return Optional.of(file);
  }

  private static byte @Nullable [] read(String resource) {
    try (InputStream in = UiFiles.class.getResourceAsStream(resource)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + resource + " can't be read.", e);
    }
  }

  private static String mediaType(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return MEDIA_TYPES.getOrDefault(extension, "application/octet-stream");
  }

  /** What the browser takes, smallest first; the file as it is comes last and always. */
  private static List<Variant> accepted(@Nullable String header) {
    String lower = header == null ? "" : header.toLowerCase(Locale.ROOT);
    return Arrays.stream(Variant.values())
        .filter(variant -> variant.encoding == null || takes(lower, variant.encoding))
        .toList();
  }

  private static boolean takes(String header, String encoding) {
    for (String part : header.split(",", -1)) {
      String[] words = part.strip().split("\\s*;\\s*", -1);
      if (words[0].equals(encoding)) {
        return words.length == 1 || !words[1].matches("q\\s*=\\s*0(\\.0*)?");
      }
    }
    return false;
  }

  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return "\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
