package dev.segue.plugins.posfiles;

import dev.segue.plugins.posfiles.layout.Layout;
import dev.segue.plugins.posfiles.layout.LineOutcome;
import dev.segue.plugins.posfiles.layout.LineReader;
import dev.segue.plugins.posfiles.layout.SalesLine;
import dev.segue.sdk.Site;
import dev.segue.sdk.StepData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Writes one surveyed file to the tables, in passes that hold no more than a line. */
final class FileImport {

  private static final String SOURCE = "pos-files";
  private static final List<String> ORDER_COLUMNS =
      List.of("site_id", "order_id", "ordered_at", "business_date", "channel", "source");
  private static final List<String> LINE_COLUMNS =
      List.of(
          "site_id",
          "order_id",
          "line_id",
          "item_id",
          "ordered_at",
          "business_date",
          "quantity",
          "unit_price",
          "net_amount",
          "currency",
          "source");
  private static final List<String> REJECTED_COLUMNS =
      List.of("site_id", "folder", "file", "line", "raw", "reason", "rejected_at");

  private final StepData data;
  private final Site site;
  private final Layout layout;
  private final LineReader.Place place;
  private final KnownFrom knownFrom;
  private final LongConsumer progress;

  FileImport(
      StepData data,
      Site site,
      Layout layout,
      LineReader.Place place,
      KnownFrom knownFrom,
      LongConsumer progress) {
    this.data = data;
    this.site = site;
    this.layout = layout;
    this.place = place;
    this.knownFrom = knownFrom;
    this.progress = progress;
  }

  /** Loads orders, then lines; a repetition finishes what an interrupted one began. */
  StepData.CopyResult write(Path path, String name, FileSurvey survey)
      throws IOException, SQLException {
    load("data.sales_order", withKnownAt(ORDER_COLUMNS), path, name, survey, orderRows());
    return load("data.sales_line", withKnownAt(LINE_COLUMNS), path, name, survey, lineRows());
  }

  /** Keeps the rejected lines of a file, at most so many. */
  void keepRejected(
      Path path, String name, String folder, FileSurvey survey, Instant now, long most)
      throws IOException, SQLException {
    long[] left = {most};
    load(
        "rejected_line",
        REJECTED_COLUMNS,
        path,
        name,
        survey,
        line ->
            line instanceof LineOutcome.Rejected rejected && left[0]-- > 0
                ? new Object[] {
                  site.id(),
                  folder,
                  name,
                  rejected.number(),
                  rejected.raw(),
                  rejected.reason(),
                  now.atOffset(ZoneOffset.UTC)
                }
                : null);
  }

  private StepData.CopyResult load(
      String table,
      List<String> columns,
      Path path,
      String name,
      FileSurvey survey,
      Function<LineOutcome, Object @Nullable []> toRow)
      throws IOException, SQLException {
    try (SalesFile file = SalesFile.open(path, name, layout, survey.charset(), place, progress)) {
      return data.copyInto(table, columns, new SalesRows(file, name, survey.sha256(), toRow));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private List<String> withKnownAt(List<String> columns) {
    if (knownFrom == KnownFrom.IMPORT) {
      return columns;
    }
    List<String> all = new ArrayList<>(columns);
    all.add("known_at");
    return all;
  }

  private Object[] withKnownAt(SalesLine line, Object... values) {
    if (knownFrom == KnownFrom.IMPORT) {
      return values;
    }
    Object[] all = Arrays.copyOf(values, values.length + 1);
    all[values.length] = line.orderedAt().atOffset(ZoneOffset.UTC);
    return all;
  }

  /** One row per run of lines of the same order. */
  private Function<LineOutcome, Object @Nullable []> orderRows() {
    String[] previous = {""};
    return outcome -> {
      if (!(outcome instanceof LineOutcome.Accepted(SalesLine line))
          || line.order().equals(previous[0])) {
        return null;
      }
      previous[0] = line.order();
      return withKnownAt(
          line,
          site.id(),
          line.order(),
          line.orderedAt().atOffset(ZoneOffset.UTC),
          site.businessDate(line.orderedAt()),
          line.channel(),
          SOURCE);
    };
  }

  private Function<LineOutcome, Object @Nullable []> lineRows() {
    return outcome ->
        outcome instanceof LineOutcome.Accepted(SalesLine line)
            ? withKnownAt(
                line,
                site.id(),
                line.order(),
                line.line(),
                line.item(),
                line.orderedAt().atOffset(ZoneOffset.UTC),
                site.businessDate(line.orderedAt()),
                line.quantity(),
                line.unitPrice(),
                line.amount(),
                line.currency().getCurrencyCode(),
                SOURCE)
            : null;
  }

  /** Adds up two results. */
  static StepData.CopyResult sum(StepData.CopyResult a, StepData.CopyResult b) {
    return new StepData.CopyResult(
        a.inserted() + b.inserted(), a.updated() + b.updated(), a.unchanged() + b.unchanged());
  }
}
