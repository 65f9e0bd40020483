package dev.segue.plugins.campaignmodels.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** What the campaigns of a site brought. */
public final class CampaignData {

  private static final String SPAN = " where d.site_id = ? and d.day between ? and ?";

  private final DataSource database;
  private final String siteId;

  /**
   * Reads for a site.
   *
   * @param database sees what was known at the run's now
   * @param siteId the site
   */
  public CampaignData(DataSource database, String siteId) {
    this.database = database;
    this.siteId = siteId;
  }

  /** A variant of an ad set on a day. */
  public record VariantDay(
      String campaignId,
      String adSetId,
      String adSet,
      String variant,
      LocalDate day,
      long impressions,
      long clicks,
      long conversions) {}

  /** A campaign on a day. */
  public record CampaignDay(
      String campaignId,
      LocalDate day,
      BigDecimal cost,
      BigDecimal conversions,
      BigDecimal revenue) {}

  /** A segment of an ad set over the whole span. */
  public record Segment(
      String adSetId, String adSet, String segment, double cost, double conversions) {}

  /** Reads what each named variant did on each day, in the order of ad sets, then days. */
  public List<VariantDay> variantDays(LocalDate from, LocalDate to) throws SQLException {
    return list(
        "select d.campaign_id, d.ad_set_id, coalesce(max(s.name), d.ad_set_id), d.variant, d.day,"
            + " sum(d.impressions), sum(d.clicks), round(sum(d.conversions))"
            + " from data.campaign_day d"
            + " left join data.ad_set s on s.site_id = d.site_id and s.ad_set_id = d.ad_set_id"
            + SPAN
            + " and d.variant <> '' group by 1, 2, 4, 5 order by 2, 1, 5, 4",
        from,
        to,
        row ->
            new VariantDay(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, LocalDate.class),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8)));
  }

  /** Reads what each campaign did on each day, in the order of campaigns, then days. */
  public List<CampaignDay> campaignDays(LocalDate from, LocalDate to) throws SQLException {
    return list(
        "select d.campaign_id, d.day, sum(d.cost), sum(d.conversions), sum(d.revenue)"
            + " from data.campaign_day d"
            + SPAN
            + " group by 1, 2 order by 1, 2",
        from,
        to,
        row ->
            new CampaignDay(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                row.getBigDecimal(3),
                row.getBigDecimal(4),
                row.getBigDecimal(5)));
  }

  /**
   * Finds the campaigns that applied changes have altered: a budget, or a part of one of their ad
   * sets.
   *
   * @param changeSets ids
   */
  public List<String> changedCampaigns(List<String> changeSets) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select distinct d.campaign_id from data.applied_change c"
                    + " join data.campaign_day d on d.site_id = c.site_id and case c.target_kind"
                    + " when 'campaign-budget' then d.campaign_id = c.target_id"
                    + " else d.ad_set_id = split_part(c.target_id, '/', 1) end"
                    + " where c.site_id = ? and c.set_id::text = any (?) order by 1")) {
      statement.setString(1, siteId);
      statement.setArray(2, connection.createArrayOf("text", changeSets.toArray()));
      List<String> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
      return found;
    }
  }

  /** Reads what each named segment cost and brought, in the order of ad sets. */
  public List<Segment> segments(LocalDate from, LocalDate to) throws SQLException {
    return list(
        "select d.ad_set_id, coalesce(max(s.name), d.ad_set_id), d.segment, sum(d.cost),"
            + " sum(d.conversions) from data.campaign_day d"
            + " left join data.ad_set s on s.site_id = d.site_id and s.ad_set_id = d.ad_set_id"
            + SPAN
            + " and d.segment <> '' group by 1, 3 order by 1, 3",
        from,
        to,
        row ->
            new Segment(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getDouble(4),
                row.getDouble(5)));
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> list(String sql, LocalDate from, LocalDate to, RowReader<T> reader)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, siteId);
      statement.setObject(2, from);
      statement.setObject(3, to);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    }
  }
}
