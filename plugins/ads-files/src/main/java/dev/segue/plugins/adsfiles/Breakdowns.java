package dev.segue.plugins.adsfiles;

import dev.segue.plugins.adsfiles.export.AdsLine;
import dev.segue.plugins.adsfiles.export.Breakdown;
import dev.segue.plugins.adsfiles.export.ExportFile;
import dev.segue.sdk.StepData;
import dev.segue.sdk.StepError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * By what each day of each campaign is broken down. A day that comes in two breakdowns is refused,
 * since whoever adds its lines up would count its costs twice. Not thread-safe.
 */
final class Breakdowns {

  /** Lines that others stored may not say how they are broken down; their keys show it then. */
  private static final String STORED =
      """
      select day, campaign_id, breakdown, bool_or(ad_set_id <> campaign_id),
        bool_or(variant <> ''), bool_or(segment <> '')
      from data.campaign_day
      where site_id = ? and day between ? and ?
      group by day, campaign_id, breakdown
      order by day, campaign_id, breakdown\
      """;

  private record CampaignDay(LocalDate day, String campaignId) {

    static CampaignDay of(AdsLine.Key key) {
      return new CampaignDay(key.day(), key.campaignId());
    }
  }

  private record Origin(String file, Breakdown breakdown) {}

  private final Map<CampaignDay, Origin> origins = new HashMap<>();

  /** Adds the days of a file. */
  void add(ExportFile file) {
    Origin origin = new Origin(file.name(), file.breakdown());
    for (AdsLine.Key key : file.lines().keySet()) {
      Origin other = origins.putIfAbsent(CampaignDay.of(key), origin);
      if (other != null && !other.breakdown.equals(origin.breakdown)) {
        throw new StepError(
            "ADS_FILE_UNUSABLE",
            "The files %s and %s both have %s of the campaign %s, the first %s, the second %s. Counted together, its costs would count twice. Nothing was imported. Keep exports with one breakdown in the folder."
                .formatted(
                    other.file,
                    origin.file,
                    key.day(),
                    key.campaignId(),
                    other.breakdown,
                    origin.breakdown));
      }
    }
  }

  /** How the day of a line that was added is broken down. */
  Breakdown of(AdsLine.Key key) {
    return Objects.requireNonNull(origins.get(CampaignDay.of(key))).breakdown;
  }

  /** Holds the days that were added against those that are stored. */
  void compareWithStored(StepData data, String siteId) throws SQLException {
    if (origins.isEmpty()) {
      return;
    }
    Collection<LocalDate> days = origins.keySet().stream().map(CampaignDay::day).toList();
    try (Connection connection = data.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(STORED)) {
      statement.setString(1, siteId);
      statement.setObject(2, Collections.min(days));
      statement.setObject(3, Collections.max(days));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          CampaignDay day = new CampaignDay(row.getObject(1, LocalDate.class), row.getString(2));
          Origin origin = origins.get(day);
          if (origin != null) {
            compare(day, origin, row);
          }
        }
      }
    }
  }

  private static void compare(CampaignDay day, Origin origin, ResultSet row) throws SQLException {
    String code = row.getString(3);
    boolean said = code != null;
    Breakdown stored =
        said
            ? Breakdown.parse(code)
            : Breakdown.ofKeys(row.getBoolean(4), row.getBoolean(5), row.getBoolean(6));
    if (!stored.equals(said ? origin.breakdown : origin.breakdown.asKeysShow())) {
      throw new StepError(
          "ADS_FILE_UNUSABLE",
          "The file %s has %s of the campaign %s %s, and it is stored %s. Counted together, its costs would count twice. Nothing was imported. Export that day as it was exported before, or only later days."
              .formatted(origin.file, day.day, day.campaignId, origin.breakdown, stored));
    }
  }
}
