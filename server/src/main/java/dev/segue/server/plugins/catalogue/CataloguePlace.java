package dev.segue.server.plugins.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Where a catalogue lies. */
sealed interface CataloguePlace {

  /**
   * A folder of this machine, or one that all servers see.
   *
   * @param path absolute
   */
  record Folder(Path path) implements CataloguePlace {}

  /**
   * Below an address.
   *
   * @param base ends with a slash; https, or http of this machine
   */
  record Address(URI base) implements CataloguePlace {}

  /**
   * Reads a place.
   *
   * @param text an absolute path, or an address
   * @throws IllegalArgumentException if it is neither; the message ends without a full stop
   */
  static CataloguePlace parse(String text) {
    String place = text.strip();
    return place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") ? address(place) : folder(place);
  }

  private static CataloguePlace address(String text) {
    URI uri;
    try {
      uri = new URI(text.endsWith("/") ? text : text + "/");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no address: " + e.getMessage(), e);
    }
    if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("must be an address such as https://example.com/plugins/");
    }
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException("must hold no password: it would be shown to everybody");
    }
    if (!isAllowed(uri)) {
      throw new IllegalArgumentException("must begin with https://");
    }
    return new Address(uri);
  }

  private static CataloguePlace folder(String text) {
    try {
      Path path = Path.of(text);
      if (path.isAbsolute()) {
        return new Folder(path.normalize());
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "must be the absolute path of a folder, or an https address");
  }

  /** Whether something may be fetched from there: the way must be sealed, or not leave here. */
  static boolean isAllowed(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return scheme.equals("https") || (scheme.equals("http") && isThisMachine(uri.getHost()));
  }

  private static boolean isThisMachine(String host) {
    if (!host.equals("localhost") && !host.matches("[0-9.]+|\\[[0-9a-f:.]+]")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Opens a file of the catalogue.
   *
   * @param file a path below the place, or an https address
   * @throws CatalogueUnusableException if it isn't there or may not be fetched
   */
  default InputStream open(String file, CatalogueDownload download)
      throws CatalogueUnusableException {
    return switch (this) {
      case Folder(Path path) when !file.startsWith("https://") -> openFile(path, file);
      case Folder folder -> download.open(URI.create(file));
      case Address(URI base) -> download.open(base.resolve(file));
    };
  }

  private static InputStream openFile(Path folder, String file) throws CatalogueUnusableException {
    Path path = folder.resolve(file).normalize();
    if (!path.startsWith(folder)) {
      throw new CatalogueUnusableException("The file " + file + " lies outside the catalogue.");
    }
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new CatalogueUnusableException("There is no file " + path + ".", e);
    } catch (IOException e) {
      throw new CatalogueUnusableException("The file " + path + " can't be read: " + e + ".", e);
    }
  }
}
