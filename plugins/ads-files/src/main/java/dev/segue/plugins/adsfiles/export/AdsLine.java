package dev.segue.plugins.adsfiles.export;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What one variant brought from one segment on one day.
 *
 * @param conversions empty if the file doesn't have them, which is not the same as none
 * @param revenue empty if the file doesn't have it
 */
public record AdsLine(
    Key key,
    String campaign,
    String adSet,
    long impressions,
    long clicks,
    Optional<BigDecimal> conversions,
    BigDecimal cost,
    Optional<BigDecimal> revenue,
    String currency) {

  /** This line, with what it doesn't know from an earlier export of the same. */
  public AdsLine completedBy(AdsLine earlier) {
    return new AdsLine(
        key,
        campaign,
        adSet,
        impressions,
        clicks,
        conversions.or(earlier::conversions),
        cost,
        revenue.or(earlier::revenue),
        currency);
  }

  /** By what lines are told apart. */
  public record Key(
      LocalDate day, String campaignId, String adSetId, String variant, String segment) {}
}
