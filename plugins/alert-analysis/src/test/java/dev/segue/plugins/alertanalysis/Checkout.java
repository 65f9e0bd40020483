package dev.segue.plugins.alertanalysis;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds what lies in, or beside, the checkout that the tests run in. */
final class Checkout {

  private Checkout() {}

  /** A file of the project. */
  static Path file(String relative) {
    return above(relative)
        .orElseThrow(() -> new IllegalStateException("no folder above holds " + relative));
  }

  private static Optional<Path> above(String relative) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(relative))) {
        return Optional.of(at.resolve(relative));
      }
    }
    return Optional.empty();
  }
}
