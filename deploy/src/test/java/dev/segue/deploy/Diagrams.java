package dev.segue.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The diagrams that these tests deploy. */
final class Diagrams {

  private Diagrams() {}

  static Path file(String name) {
    try {
      return Path.of(Diagrams.class.getResource("/workflows/" + name + ".bpmn").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
