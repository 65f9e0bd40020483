package dev.segue.plugins.adspractice;

import dev.segue.sdk.Field;
import java.math.BigDecimal;

/** What the proposals ask for, in the shape in which the plugin of the models gives it. */
final class Wanted {

  private Wanted() {}

  /** What to do about a segment. */
  enum Advice {
    NARROW,
    WIDEN
  }

  /** A budget to change. */
  record Budget(
      @Field(title = "Campaign") String campaignId,
      @Field(title = "Name") String campaign,
      @Field(title = "From") BigDecimal from,
      @Field(title = "To", min = 0) BigDecimal to,
      @Field(title = "Floor") BigDecimal floor,
      @Field(title = "Ceiling") BigDecimal ceiling,
      @Field(title = "Why") String reason,
      @Field(title = "Expected effect") String effect) {}

  /** A segment to leave out or to reach further. */
  record Segment(
      @Field(title = "Ad set") String adSetId,
      @Field(title = "Name of the ad set") String adSet,
      @Field(title = "Segment") String segment,
      @Field(title = "Advice") Advice advice,
      @Field(title = "Why") String reason,
      @Field(title = "Expected effect") String effect) {}

  /** A variant to pause. */
  record Pause(
      @Field(title = "Ad set") String adSetId,
      @Field(title = "Name of the ad set") String adSet,
      @Field(title = "Variant") String variant,
      @Field(title = "Why") String reason,
      @Field(title = "Expected effect") String effect) {}
}
