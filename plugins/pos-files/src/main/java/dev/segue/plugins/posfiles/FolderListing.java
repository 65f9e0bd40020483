package dev.segue.plugins.posfiles;

import dev.segue.sdk.StepError;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Finds files below one folder and never outside it, whatever a pattern or a link says. */
record FolderListing(Path folder) {

  private static final int MOST_FILES = 10_000;
  private static final int DEPTH = 6;

  /**
   * Finds files.
   *
   * @param pattern a name or a glob relative to the folder, such as {@code 2026/*.csv.gz}
   * @return regular files in the order of their names; without hidden and unfinished ones
   * @throws StepError {@code SALES_FILE_PATTERN} if the pattern leads out of the folder
   * @throws IOException if the folder cannot be read
   */
  List<Path> find(String pattern) throws IOException {
    refuseEscape(pattern);
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          folder.toString(),
          null,
          "the folder of the connection is not there; check the connection's path and whether the"
              + " disk is mounted");
    }
    Path root = folder.toRealPath();
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (Stream<Path> walk = Files.walk(root, DEPTH)) {
      List<Path> found =
          walk.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
              .filter(path -> !isUnfinished(root.relativize(path)))
              .filter(path -> matcher.matches(root.relativize(path)))
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
      if (found.size() > MOST_FILES) {
        throw new StepError(
            "SALES_FILE_PATTERN",
            "More than 10,000 files in "
                + folder
                + " match '"
                + pattern
                + "'; use a narrower pattern or move old files away.");
      }
      return found;
    }
  }

  private static void refuseEscape(String pattern) {
    boolean escapes =
        pattern.startsWith("/")
            || pattern.contains("..")
            || pattern.indexOf('\\') >= 0
            || pattern.indexOf('\0') >= 0
            || pattern.matches("[A-Za-z]:.*");
    if (escapes) {
      throw new StepError(
          "SALES_FILE_PATTERN",
          "The file pattern '"
              + pattern
              + "' leads out of the connection's folder. Give a name or pattern below it, such as"
              + " *.csv.");
    }
  }

  /** Hidden files, and names by which transfers mark what they are still writing. */
  private static boolean isUnfinished(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return relative.toString().matches(".*\\.(part|partial|tmp|filepart|crdownload)");
  }
}
