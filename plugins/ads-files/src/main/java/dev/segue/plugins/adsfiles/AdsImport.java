package dev.segue.plugins.adsfiles;

import dev.segue.plugins.adsfiles.ImportAds.RejectedSample;
import dev.segue.plugins.adsfiles.export.AdsLine;
import dev.segue.plugins.adsfiles.export.ExportFile;
import dev.segue.plugins.adsfiles.export.ExportReader;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepData;
import dev.segue.sdk.StepError;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One import: every file is read and judged before anything is written. Not thread-safe. */
final class AdsImport {

  private static final int MOST_LINES = 1_000_000;
  private static final int SAMPLES = 10;

  private final ImportAds.Input input;
  private final Site site;
  private final ZoneId zone;
  private final ExportReader reader;
  private final Breakdowns breakdowns = new Breakdowns();
  private final Map<AdsLine.Key, AdsLine> lines = new LinkedHashMap<>();
  private final List<RejectedSample> samples = new ArrayList<>();
  private int files;
  private long duplicates;
  private long passedOver;
  private long rejected;

  AdsImport(ImportAds.Input input, Site site, Instant now) {
    this.input = input;
    this.site = site;
    this.zone = input.folder().zone().orElse(site.zone());
    this.reader = new ExportReader(input.folder().format(site), now);
  }

  /** Reads all files, the oldest first, so that later exports correct earlier ones. */
  void read() throws IOException {
    List<Path> found = input.folder().find(input.files());
    if (found.isEmpty() && input.fileNeeded()) {
      throw new StepError(
          "ADS_FILE_MISSING",
          "No file in "
              + input.folder().folder()
              + " matches '"
              + input.files()
              + "'. Check whether the platform's export has arrived.");
    }
    for (Path path : found) {
      ExportFile file = reader.read(path, path.getFileName().toString());
      refuseUnusable(file);
      files++;
      duplicates += file.duplicates();
      passedOver += file.passedOver();
      rejected += file.rejected().size();
      file.rejected().stream()
          .limit(SAMPLES - samples.size())
          .forEach(line -> samples.add(RejectedSample.of(file.name(), line)));
      breakdowns.add(file);
      file.lines()
          .forEach((key, numbered) -> lines.merge(key, numbered.line(), AdsImport::corrected));
      if (lines.size() > MOST_LINES) {
        throw new StepError(
            "ADS_FILE_UNUSABLE",
            "The files hold more than a million lines; move old exports out of the folder.");
      }
    }
  }

  private static AdsLine corrected(AdsLine earlier, AdsLine later) {
    return later.completedBy(earlier);
  }

  private void refuseUnusable(ExportFile file) {
    long bad = file.rejected().size();
    long all = bad + file.lines().size();
    if (bad == 0) {
      return;
    }
    BigDecimal percent =
        BigDecimal.valueOf(100 * bad).divide(BigDecimal.valueOf(all), 1, RoundingMode.HALF_UP);
    if (percent.compareTo(input.mostRejectedPercent()) <= 0) {
      return;
    }
    ExportFile.Rejected first = file.rejected().getFirst();
    throw new StepError(
        "ADS_FILE_UNUSABLE",
        "Of the file "
            + file.name()
            + " "
            + bad
            + " of "
            + all
            + " lines ("
            + percent
            + " %) cannot be read, and at most "
            + input.mostRejectedPercent().toPlainString()
            + " % are allowed. Nothing was imported. For example line "
            + first.number()
            + ": "
            + first.reason()
            + ".");
  }

  /** Refuses days that are stored with another breakdown; writes nothing. */
  void compareWithStored(StepData data) throws SQLException {
    breakdowns.compareWithStored(data, site.id());
  }

  ImportAds.Output write(StepData data) throws SQLException {
    boolean dated = input.knownFrom() == KnownFrom.RESULT;
    return output(
        new AdsRows(site.id(), dated ? zone : null, breakdowns).write(data, lines.values()));
  }

  /** What was read, with nothing written. */
  ImportAds.Output asRead() {
    return output(new StepData.CopyResult(0, 0, 0));
  }

  private ImportAds.Output output(StepData.CopyResult written) {
    List<LocalDate> days =
        lines.keySet().stream().map(AdsLine.Key::day).distinct().sorted().toList();
    return new ImportAds.Output(
        files,
        lines.size(),
        written.inserted(),
        written.updated(),
        written.unchanged(),
        duplicates,
        passedOver,
        rejected,
        (int) lines.keySet().stream().map(AdsLine.Key::campaignId).distinct().count(),
        days.stream().findFirst(),
        days.stream().reduce((a, b) -> b),
        List.copyOf(samples));
  }
}
