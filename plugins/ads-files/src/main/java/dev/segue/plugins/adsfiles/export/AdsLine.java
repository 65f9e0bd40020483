package dev.segue.plugins.adsfiles.export;

import java.math.BigDecimal;
import java.time.LocalDate;

/** What one variant brought from one segment on one day. */
public record AdsLine(
    Key key,
    String campaign,
    String adSet,
    long impressions,
    long clicks,
    BigDecimal conversions,
    BigDecimal cost,
    BigDecimal revenue,
    String currency) {

  /** By what lines are told apart. */
  public record Key(
      LocalDate day, String campaignId, String adSetId, String variant, String segment) {}
}
