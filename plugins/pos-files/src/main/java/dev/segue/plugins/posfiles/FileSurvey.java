package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.layout.Encoding;
import dev.segue.plugins.posfiles.layout.Layout;
import dev.segue.plugins.posfiles.layout.LineOutcome;
import dev.segue.plugins.posfiles.layout.LineReader;
import dev.segue.plugins.posfiles.layout.SalesLine;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepError;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a first pass over a file found, before anything of it is written.
 *
 * @param sha256 of the file as it lies on disk
 * @param charset in which it is written
 * @param accepted lines that can be imported
 * @param rejected lines that cannot
 * @param ignored lines that are passed over
 * @param incomplete whether the last line is not whole yet
 * @param items the items of accepted lines, by id, as they were met first
 * @param samples the first rejected lines
 * @param first the earliest business day, or null if nothing was accepted
 * @param last the latest business day, or null if nothing was accepted
 */
record FileSurvey(
    String sha256,
    Charset charset,
    long accepted,
    long rejected,
    long ignored,
    boolean incomplete,
    Map<String, SalesLine> items,
    List<LineOutcome.Rejected> samples,
    @Nullable LocalDate first,
    @Nullable LocalDate last) {

  private static final Charset WINDOWS = Encoding.WINDOWS_1252.charset();
  private static final int MOST_ITEMS = 50_000;
  private static final int SAMPLES = 10;

  /** Reads the file once, or twice where the first attempt shows that it isn't UTF-8. */
  static FileSurvey of(
      Path path,
      String name,
      Layout layout,
      LineReader.Place place,
      Site site,
      LongConsumer progress)
      throws IOException {
    Optional<FileSurvey> found =
        attempt(path, name, layout, layout.encoding().charset(), place, site, progress);
    return found.isPresent()
        ? found.get()
        : attempt(path, name, layout, WINDOWS, place, site, progress).orElseThrow();
  }

  private static Optional<FileSurvey> attempt(
      Path path,
      String name,
      Layout layout,
      Charset charset,
      LineReader.Place place,
      Site site,
      LongConsumer progress)
      throws IOException {
    boolean fallback =
        layout.encoding() == Encoding.UTF_8_OR_WINDOWS_1252 && !charset.equals(WINDOWS);
    Tally tally = new Tally(name, site);
    try (SalesFile file = SalesFile.open(path, name, layout, charset, place, progress)) {
      for (LineOutcome line = file.next(); line != null; line = file.next()) {
        tally.add(line);
        if (fallback && !file.allDecodable()) {
          return Optional.empty();
        }
      }
      return Optional.of(tally.survey(file.sha256OfAll(), charset));
    }
  }

  /** The share of lines that cannot be imported, in percent. */
  BigDecimal rejectedPercent() {
    long lines = accepted + rejected;
    return lines == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(rejected * 100)
            .divide(BigDecimal.valueOf(lines), 2, java.math.RoundingMode.HALF_UP);
  }

  private static final class Tally {
    private final String name;
    private final Site site;
    private final Map<String, SalesLine> items = new LinkedHashMap<>();
    private final List<LineOutcome.Rejected> samples = new ArrayList<>();
    private long accepted;
    private long rejected;
    private long ignored;
    private boolean incomplete;
    private @Nullable LocalDate first;
    private @Nullable LocalDate last;

    Tally(String name, Site site) {
      this.name = name;
      this.site = site;
    }

    void add(LineOutcome outcome) {
      switch (outcome) {
        case LineOutcome.Accepted line -> accept(line.line());
        case LineOutcome.Rejected line -> {
          rejected++;
          if (samples.size() < SAMPLES) {
            samples.add(line);
          }
        }
        case LineOutcome.Ignored line -> ignored++;
        case LineOutcome.Incomplete line -> incomplete = true;
      }
    }

    private void accept(SalesLine line) {
      accepted++;
      LocalDate day = site.businessDate(line.orderedAt());
      first = first == null || day.isBefore(first) ? day : first;
      last = last == null || day.isAfter(last) ? day : last;
      items.putIfAbsent(line.item(), line);
      if (items.size() > MOST_ITEMS) {
        throw new StepError(
            "SALES_FILE_UNUSABLE",
            "The file "
                + name
                + " has more than 50,000 different items. Probably another column than the item's"
                + " was taken for it; see 'Own columns' in the connection.");
      }
    }

    FileSurvey survey(String sha256, Charset charset) {
      return new FileSurvey(
          sha256,
          charset,
          accepted,
          rejected,
          ignored,
          incomplete,
          items,
          List.copyOf(samples),
          first,
          last);
    }
  }
}
