package dev.segue.plugins.alertanalysis.store;

import dev.segue.plugins.alertanalysis.cause.Amounts;
import dev.segue.plugins.alertanalysis.cause.Cell;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Reads the daily results of a site's campaigns as cells of campaign, ad set, variant, segment. */
public final class CampaignCells {

  /** What there is of each day. */
  public static final Set<String> COLUMNS =
      Set.of("impressions", "clicks", "conversions", "cost", "revenue");

  private static final List<String> LABELS = List.of("campaign", "ad_set", "variant", "segment");

  private final Rows rows;
  private final String siteId;

  /**
   * Reads for a site.
   *
   * @param database sees what was known at the run's now
   */
  public CampaignCells(DataSource database, String siteId) {
    this.rows = new Rows(database);
    this.siteId = siteId;
  }

  /** Finds the last day up to one that has results. */
  public Optional<LocalDate> lastDay(LocalDate upTo) throws SQLException {
    return rows.list(
            row -> Optional.ofNullable(row.getObject(1, LocalDate.class)),
            "select max(day) from data.campaign_day where site_id = ? and day <= ?",
            siteId,
            upTo)
        .getFirst();
  }

  /**
   * Reads a span of days, both included.
   *
   * @param scope labels that cells must have; others than these four are passed over
   */
  public List<Cell> read(
      String numerator,
      Optional<String> denominator,
      Map<String, String> scope,
      LocalDate from,
      LocalDate to)
      throws SQLException {
    return rows
        .list(
            CampaignCells::cell,
            "select campaign_id, ad_set_id, variant, segment, sum("
                + column(numerator)
                + "), sum("
                + (denominator.isPresent() ? column(denominator.get()) : "0")
                + ") from data.campaign_day where site_id = ? and day between ? and ?"
                + " group by 1, 2, 3, 4 order by 1, 2, 3, 4",
            siteId,
            from,
            to)
        .stream()
        .filter(cell -> isIn(cell, scope))
        .toList();
  }

  private static String column(String name) {
    if (!COLUMNS.contains(name)) {
      throw new IllegalArgumentException("no result of campaigns: " + name);
    }
    return name;
  }

  private static Cell cell(ResultSet row) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= LABELS.size(); i++) {
      values.add(row.getString(i));
    }
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < LABELS.size(); i++) {
      if (!values.get(i).isEmpty()) {
        labels.put(LABELS.get(i), values.get(i));
      }
    }
    return new Cell(labels, new Amounts(row.getDouble(5), row.getDouble(6)));
  }

  private static boolean isIn(Cell cell, Map<String, String> scope) {
    return scope.entrySet().stream()
        .filter(wanted -> LABELS.contains(wanted.getKey()))
        .allMatch(wanted -> wanted.getValue().equals(cell.labels().get(wanted.getKey())));
  }
}
