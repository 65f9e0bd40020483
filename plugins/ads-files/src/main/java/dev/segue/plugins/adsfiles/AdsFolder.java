package dev.segue.plugins.adsfiles;

import dev.segue.plugins.adsfiles.export.ColumnChoice;
import dev.segue.plugins.adsfiles.export.ExportFormat;
import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepContext;
import dev.segue.sdk.StepError;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A folder with the exports of one ad account. */
@ConnectionInfo(
    name = "folder",
    title = "Folder of ad exports",
    description =
        "A folder on the server's machine with the daily results of one ad account, as its platform"
            + " exports them.",
    icon = "import.svg")
record AdsFolder(
    @Field(
            title = "Folder",
            help = "An absolute path on the server's machine.",
            minLength = 1,
            maxLength = 1000,
            example = "/srv/ads")
        String folder,
    @Field(
            title = "Own columns",
            help = "What headings mean that Segue doesn't know.",
            defaultValue = "[]",
            maxLength = 50)
        List<ColumnChoice> columns,
    @Field(
            title = "Decimal comma",
            help = "Whether 1,50 is one and a half.",
            defaultValue = "false")
        boolean decimalComma,
    @Field(
            title = "Formats of days",
            help = "Such as M/d/uuuu; tried before the usual ones.",
            defaultValue = "[]",
            maxLength = 10)
        List<String> dayFormats,
    @Field(
            title = "Time zone of the account",
            help = "Its days begin and end there; the site's if empty.",
            example = "America/Los_Angeles")
        Optional<ZoneId> zone)
    implements ConnectionType {

  private static final int MOST_FILES = 1000;

  /** Refuses what could not be read by anyone. */
  AdsFolder {
    columns = List.copyOf(columns);
    dayFormats = List.copyOf(dayFormats);
    if (!Path.of(folder).isAbsolute()) {
      throw new IllegalArgumentException(
          "the folder '" + folder + "' is not an absolute path; begin it at the root");
    }
    if (columns.stream().map(ColumnChoice::column).distinct().count() != columns.size()) {
      throw new IllegalArgumentException("'Own columns' names a meaning twice; name it once");
    }
    for (String pattern : dayFormats) {
      try {
        DateTimeFormatter unused = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'" + pattern + "' is not a format of days such as d.M.uuuu", e);
      }
    }
  }

  ExportFormat format(Site site) {
    Currency currency = site.currency();
    return new ExportFormat(
        columns,
        decimalComma,
        dayFormats.stream()
            .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
            .toList(),
        zone.orElse(site.zone()),
        currency.getCurrencyCode());
  }

  /**
   * Finds files in the folder, not below it, the longest unchanged first.
   *
   * @param pattern a name or glob such as {@code *.csv}
   */
  List<Path> find(String pattern) throws IOException {
    if (pattern.matches(".*[/\\\\\\x00].*") || pattern.contains("..")) {
      throw new StepError(
          "ADS_FILE_PATTERN",
          "The file pattern '"
              + pattern
              + "' leads out of the connection's folder. Give a name or pattern, such as *.csv.");
    }
    Path root = Path.of(folder);
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(
          folder, null, "the folder of the connection is not there; check its path");
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (Stream<Path> files = Files.list(root)) {
      return files
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> matcher.matches(path.getFileName()))
          .filter(
              path -> !path.getFileName().toString().matches("\\..*|.*\\.(part|tmp|crdownload)"))
          .sorted(Comparator.comparing(AdsFolder::modified).thenComparing(Path::toString))
          .limit(MOST_FILES)
          .toList();
    }
  }

  private static long modified(Path path) {
    return path.toFile().lastModified();
  }

  @Override
  public Set<String> hosts() {
    return Set.of();
  }

  @Override
  public ConnectionCheck test(StepContext context) throws Exception {
    Path path = Path.of(folder);
    if (!Files.isDirectory(path) || !Files.isReadable(path)) {
      return new ConnectionCheck(
          false,
          "There is no folder " + folder + " that Segue can read; check path and permissions.");
    }
    return new ConnectionCheck(
        true, "The folder can be read and holds " + find("*").size() + " files.");
  }
}
