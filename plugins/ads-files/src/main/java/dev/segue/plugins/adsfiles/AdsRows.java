package dev.segue.plugins.adsfiles;

import dev.segue.plugins.adsfiles.export.AdsLine;
import dev.segue.sdk.StepData;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes lines into the business data. */
final class AdsRows {

  private static final String SOURCE = "ads-files";

  private final String siteId;
  private final @Nullable ZoneId dated;
  private final Breakdowns breakdowns;

  /**
   * Makes the writer.
   *
   * @param dated where the account's days end, from which on their results shall count as known;
   *     null if they are known from now on
   * @param breakdowns of the days of all lines
   */
  AdsRows(String siteId, @Nullable ZoneId dated, Breakdowns breakdowns) {
    this.siteId = siteId;
    this.dated = dated;
    this.breakdowns = breakdowns;
  }

  /** Which figures lines have that not every export has. */
  private record Known(boolean conversions, boolean revenue) {

    static Known of(AdsLine line) {
      return new Known(line.conversions().isPresent(), line.revenue().isPresent());
    }
  }

  /**
   * Writes lines with their campaigns and ad sets. Conversions and revenue that a line doesn't have
   * stay as they are stored.
   *
   * @return what became of the lines
   */
  StepData.CopyResult write(StepData data, Collection<AdsLine> lines) throws SQLException {
    Optional<LocalDate> first =
        lines.stream().map(line -> line.key().day()).min(Comparator.naturalOrder());
    if (first.isEmpty()) {
      return new StepData.CopyResult(0, 0, 0);
    }
    writeNames(data, lines, first.get());
    StepData.CopyResult all = new StepData.CopyResult(0, 0, 0);
    for (List<AdsLine> alike : lines.stream().collect(Collectors.groupingBy(Known::of)).values()) {
      StepData.CopyResult one =
          data.copyInto(
              "data.campaign_day",
              columns(Known.of(alike.getFirst())),
              alike.stream().map(this::row).iterator());
      all =
          new StepData.CopyResult(
              all.inserted() + one.inserted(),
              all.updated() + one.updated(),
              all.unchanged() + one.unchanged());
    }
    return all;
  }

  /** A name counts as known when the first result does. */
  private void writeNames(StepData data, Collection<AdsLine> lines, LocalDate first)
      throws SQLException {
    Map<String, List<Object>> campaigns = new TreeMap<>();
    Map<String, List<Object>> adSets = new TreeMap<>();
    for (AdsLine line : lines) {
      AdsLine.Key key = line.key();
      campaigns.put(key.campaignId(), List.of(siteId, key.campaignId(), line.campaign()));
      adSets.put(key.adSetId(), List.of(siteId, key.adSetId(), key.campaignId(), line.adSet()));
    }
    copyNames(data, "data.campaign", "site_id, campaign_id, name", campaigns.values(), first);
    copyNames(data, "data.ad_set", "site_id, ad_set_id, campaign_id, name", adSets.values(), first);
  }

  private void copyNames(
      StepData data, String table, String columns, Collection<List<Object>> rows, LocalDate first)
      throws SQLException {
    data.copyInto(
        table,
        List.of((dated == null ? columns : columns + ", known_at").split(", ")),
        rows.stream().map(row -> known(new ArrayList<>(row), first)).iterator());
  }

  private List<String> columns(Known known) {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "site_id",
                "day",
                "campaign_id",
                "ad_set_id",
                "variant",
                "segment",
                "breakdown",
                "impressions",
                "clicks",
                "cost",
                "currency",
                "source"));
    if (known.conversions) {
      columns.add("conversions");
    }
    if (known.revenue) {
      columns.add("revenue");
    }
    if (dated != null) {
      columns.add("known_at");
    }
    return columns;
  }

  private Object[] row(AdsLine line) {
    AdsLine.Key key = line.key();
    List<Object> row =
        new ArrayList<>(
            List.of(
                siteId,
                key.day(),
                key.campaignId(),
                key.adSetId(),
                key.variant(),
                key.segment(),
                breakdowns.of(key).code(),
                line.impressions(),
                line.clicks(),
                line.cost(),
                line.currency(),
                SOURCE));
    line.conversions().ifPresent(count -> row.add(count.setScale(3, RoundingMode.HALF_UP)));
    line.revenue().ifPresent(row::add);
    return known(row, key.day());
  }

  /** A day's results are there when it is over where the account is. */
  private Object[] known(List<Object> row, LocalDate day) {
    if (dated != null) {
      row.add(day.plusDays(1).atStartOfDay(dated).toOffsetDateTime());
    }
    return row.toArray();
  }
}
