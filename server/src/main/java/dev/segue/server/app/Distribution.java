package dev.segue.server.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What came with this installation of Segue: {@code lib}, {@code zeebe}, {@code exporter}, {@code
 * plugins}, {@code workflows} and {@code sample}.
 */
public record Distribution(Path folder) {

  /** The system property by which the start script says where it is. */
  public static final String PROPERTY = "segue.dist";

  /**
   * The unpacked Zeebe distribution.
   *
   * @throws StartException if it is missing
   */
  Path zeebe() throws StartException {
    return only(folder.resolve("zeebe"), "camunda-zeebe-*");
  }

  /**
   * The jar of the exporter with all that it needs.
   *
   * @throws StartException if it is missing
   */
  Path exporter() throws StartException {
    return only(folder.resolve("exporter"), "*.jar");
  }

  /** The zips of the plugins that came with Segue. The folder may be missing. */
  Path plugins() {
    return folder.resolve("plugins");
  }

  /** The packages of the workflows that came with Segue. The folder may be missing. */
  Path workflows() {
    return folder.resolve("workflows");
  }

  /** The sample's files. The folder may be missing. */
  Path sample() {
    return folder.resolve("sample");
  }

  private static Path only(Path folder, String pattern) throws StartException {
    return first(folder, pattern)
        .orElseThrow(
            () ->
                new StartException(
                    "The installation lacks %s. Install Segue again."
                        .formatted(folder.resolve(pattern)),
                    null));
  }

  private static Optional<Path> first(Path folder, String pattern) throws StartException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
      for (Path path : found) {
        return Optional.of(path);
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new StartException("The folder %s can't be read: %s.".formatted(folder, e), e);
    }
  }
}
