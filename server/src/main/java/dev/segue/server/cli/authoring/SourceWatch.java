package dev.segue.server.cli.authoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Tells when files have changed, once they are quiet again. It looks at names, sizes and times
 * instead of asking the operating system, which tells nothing on network and shared folders; a
 * project's sources are few.
 */
final class SourceWatch {

  private static final Duration LOOK = Duration.ofMillis(250);

  private final List<Path> places;
  private Map<Path, Stamp> known;

  private record Stamp(long modified, long size) {}

  /** Watches files, and folders with all below them; what isn't there yet may come. */
  SourceWatch(List<Path> places) {
    this.places = List.copyOf(places);
    this.known = look();
  }

  /**
   * Waits until something is different from the last time, and stays so for a moment, since editors
   * save in several steps.
   *
   * @return what has changed, appeared or gone, by name
   */
  TreeSet<Path> awaitChange() throws InterruptedException {
    Map<Path, Stamp> before = known;
    Map<Path, Stamp> now = look();
    while (now.equals(before) || !now.equals(known)) {
      known = now;
      Thread.sleep(LOOK);
      now = look();
    }
    known = now;
    TreeSet<Path> changed = new TreeSet<>();
    Map<Path, Stamp> all = new HashMap<>(before);
    all.putAll(now);
    for (Path file : all.keySet()) {
      Stamp old = before.get(file);
      if (old == null || !old.equals(now.get(file))) {
        changed.add(file);
      }
    }
    return changed;
  }

  private Map<Path, Stamp> look() {
    Map<Path, Stamp> seen = new HashMap<>();
    for (Path place : places) {
      if (Files.exists(place)) {
        look(place, seen);
      }
    }
    return seen;
  }

  private static void look(Path place, Map<Path, Stamp> seen) {
    try {
      Files.walkFileTree(
          place,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              seen.put(
                  file, new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
