package dev.segue.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file to which the recorder's steps append a line for each effect that happened. */
record Recordings(Path file) {

  private static final int TEXT = 2;

  /** What was recorded, in order. */
  List<String> texts() {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().map(line -> line.split("\t", -1)[TEXT]).toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
