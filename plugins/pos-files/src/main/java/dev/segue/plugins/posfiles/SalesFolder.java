package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.layout.ColumnChoice;
import dev.segue.plugins.posfiles.layout.Encoding;
import dev.segue.plugins.posfiles.layout.Layout;
import dev.segue.plugins.posfiles.layout.Preset;
import dev.segue.plugins.posfiles.layout.PriceSource;
import dev.segue.plugins.posfiles.layout.Separator;
import dev.segue.sdk.ConnectionInfo;
import dev.segue.sdk.ConnectionType;
import dev.segue.sdk.Field;
import dev.segue.sdk.StepContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder on the server into which a till, or a transfer from it, puts its exports. Being a
 * connection, its path is an operator's choice and never a diagram's.
 *
 * @param folder absolute path
 * @param preset what the files look like
 * @param columns own headings, in place of the preset's
 * @param separator between fields
 * @param encoding of characters
 * @param decimalComma whether numbers have a decimal comma
 * @param timeFormats further patterns for date and time
 * @param zone of times without an offset, if not the site's
 * @param prices where prices come from
 * @param ignoredItems items whose lines are passed over
 */
@ConnectionInfo(
    name = "folder",
    title = "Folder of sales files",
    description =
        "A folder on the server where exports of the till arrive as CSV, plain or gzipped.",
    icon = "import.svg")
record SalesFolder(
    @Field(
            title = "Folder",
            help = "Absolute path on the server; the account that runs Segue must read it.",
            minLength = 1,
            maxLength = 1000,
            example = "/srv/sales")
        String folder,
    @Field(title = "Till system", help = "What the files look like.", defaultValue = "GENERIC")
        Preset preset,
    @Field(
            title = "Own columns",
            help = "Headings that differ from those of the till system.",
            defaultValue = "[]",
            maxLength = 11)
        List<ColumnChoice> columns,
    @Field(title = "Separator", defaultValue = "AUTO") Separator separator,
    @Field(title = "Character set", defaultValue = "UTF_8_OR_WINDOWS_1252") Encoding encoding,
    @Field(
            title = "Decimal comma",
            help = "On for 1.234,50; off for 1,234.50.",
            defaultValue = "false")
        boolean decimalComma,
    @Field(
            title = "Further date and time formats",
            help = "Patterns such as d.M.uuuu H:mm. ISO dates are always understood.",
            defaultValue = "[]",
            maxLength = 10)
        List<String> timeFormats,
    @Field(
            title = "Time zone",
            help = "Of times without an offset; the site's if empty.",
            example = "Europe/Berlin")
        Optional<ZoneId> zone,
    @Field(title = "Where prices come from", defaultValue = "FILE") PriceSource prices,
    @Field(
            title = "Items to pass over",
            help = "Such as NONE or Deposit; compared without case.",
            defaultValue = "[]",
            maxLength = 200)
        List<String> ignoredItems)
    implements ConnectionType {

  /** Refuses what could not be read by anyone. */
  SalesFolder {
    columns = List.copyOf(columns);
    timeFormats = List.copyOf(timeFormats);
    ignoredItems = List.copyOf(ignoredItems);
    if (!Path.of(folder).isAbsolute()) {
      throw new IllegalArgumentException(
          "the folder '" + folder + "' is not an absolute path; begin it at the root");
    }
    if (columns.stream().map(ColumnChoice::column).distinct().count() != columns.size()) {
      throw new IllegalArgumentException("'Own columns' names a meaning twice; name it once");
    }
    timeFormats.forEach(SalesFolder::refuseNoPattern);
  }

  private static void refuseNoPattern(String pattern) {
    try {
      DateTimeFormatter unused = DateTimeFormatter.ofPattern(pattern);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + pattern + "' is not a date and time format such as d.M.uuuu H:mm", e);
    }
  }

  /** A folder of which only the place and the till system are known. */
  static SalesFolder of(Path folder, Preset preset) {
    return new SalesFolder(
        folder.toString(),
        preset,
        List.of(),
        Separator.AUTO,
        Encoding.UTF_8_OR_WINDOWS_1252,
        false,
        List.of(),
        Optional.empty(),
        PriceSource.FILE,
        List.of());
  }

  Layout layout() {
    Layout base = preset.layout();
    List<String> formats =
        Stream.concat(timeFormats.stream(), base.timeFormats().stream()).toList();
    return new Layout(
            base.columns(),
            separator,
            encoding,
            decimalComma,
            formats,
            zone,
            prices,
            ignoredItems.stream()
                .map(item -> item.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet()))
        .withColumns(columns);
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
    int files = new FolderListing(path).find("**").size();
    return new ConnectionCheck(true, "The folder can be read and holds " + files + " files.");
  }
}
