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
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One import: every file is read and judged before anything is written. Not thread-safe. */
final class AdsImport {

  private static final String SOURCE = "ads-files";
  private static final int MOST_LINES = 1_000_000;
  private static final int SAMPLES = 10;

  private final ImportAds.Input input;
  private final Site site;
  private final ZoneId zone;
  private final ExportReader reader;
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
      file.lines().forEach((key, numbered) -> lines.put(key, numbered.line()));
      if (lines.size() > MOST_LINES) {
        throw new StepError(
            "ADS_FILE_UNUSABLE",
            "The files hold more than a million lines; move old exports out of the folder.");
      }
    }
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

  ImportAds.Output write(StepData data) throws SQLException {
    boolean dated = input.knownFrom() == KnownFrom.RESULT;
    Map<String, Object[]> campaigns = new TreeMap<>();
    Map<String, Object[]> adSets = new TreeMap<>();
    Map<String, LocalDate> first = new TreeMap<>();
    for (AdsLine line : lines.values()) {
      AdsLine.Key key = line.key();
      campaigns.put(key.campaignId(), new Object[] {site.id(), key.campaignId(), line.campaign()});
      adSets.put(
          key.adSetId(), new Object[] {site.id(), key.adSetId(), key.campaignId(), line.adSet()});
      first.merge(key.campaignId(), key.day(), (a, b) -> a.isBefore(b) ? a : b);
    }
    LocalDate earliest = first.values().stream().min(Comparator.naturalOrder()).orElse(null);
    copy(data, "data.campaign", "site_id, campaign_id, name", campaigns.values(), dated, earliest);
    copy(
        data,
        "data.ad_set",
        "site_id, ad_set_id, campaign_id, name",
        adSets.values(),
        dated,
        earliest);
    List<String> columns =
        columns(
            "site_id, day, campaign_id, ad_set_id, variant, segment, impressions, clicks,"
                + " conversions, cost, revenue, currency, source",
            dated);
    return output(
        data.copyInto(
            "data.campaign_day",
            columns,
            lines.values().stream().map(line -> row(line, dated)).iterator()));
  }

  private void copy(
      StepData data,
      String table,
      String columns,
      Collection<Object[]> rows,
      boolean dated,
      @Nullable LocalDate known)
      throws SQLException {
    data.copyInto(
        table,
        columns(columns, dated && known != null),
        rows.stream()
            .map(row -> dated && known != null ? with(row, knownAt(known)) : row)
            .iterator());
  }

  private static List<String> columns(String names, boolean dated) {
    return List.of((dated ? names + ", known_at" : names).split(", "));
  }

  private Object[] row(AdsLine line, boolean dated) {
    AdsLine.Key key = line.key();
    Object[] row = {
      site.id(),
      key.day(),
      key.campaignId(),
      key.adSetId(),
      key.variant(),
      key.segment(),
      line.impressions(),
      line.clicks(),
      line.conversions().setScale(3, RoundingMode.HALF_UP),
      line.cost(),
      line.revenue(),
      line.currency(),
      SOURCE
    };
    return dated ? with(row, knownAt(key.day())) : row;
  }

  /** A day's results are there when it is over where the account is. */
  private Object knownAt(LocalDate day) {
    return day.plusDays(1).atStartOfDay(zone).toOffsetDateTime();
  }

  private static Object[] with(Object[] row, Object last) {
    Object[] longer = Arrays.copyOf(row, row.length + 1);
    longer[row.length] = last;
    return longer;
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
