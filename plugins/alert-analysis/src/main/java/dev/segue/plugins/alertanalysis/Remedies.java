package dev.segue.plugins.alertanalysis;

import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What might help, and which of it is ready to be planned. */
record Remedies(
    @Field(title = "Plan") Plan plan,
    @Field(title = "Suggestions", help = "The first is the one that is planned.")
        List<Suggestion> suggestions,
    @Field(title = "Change set to take back") Optional<UUID> undo,
    @Field(title = "Budgets to change") List<Budget> budgets,
    @Field(title = "Segments to leave out") List<Narrowing> targeting,
    @Field(title = "Variants to pause") List<Pause> pauses,
    @Field(title = "Summary") String text) {

  /** What to plan. */
  enum Plan {
    /** Take a change set of Segue's own back. */
    UNDO,
    /** Budgets, segments or variants of campaigns. */
    CAMPAIGNS,
    /** Nothing that Segue can change. */
    NONE
  }

  /** What a suggestion does. */
  enum Kind {
    UNDO,
    SHIFT_BUDGET,
    CUT_BUDGET,
    LEAVE_OUT_SEGMENT,
    PAUSE_VARIANT,
    WATCH
  }

  /** Something that might help. */
  record Suggestion(
      @Field(title = "Kind") Kind kind,
      @Field(title = "Title") String title,
      @Field(title = "Why") String reason,
      @Field(title = "Then it is at least", help = "The figure that the alert is about.")
          Optional<BigDecimal> low,
      @Field(title = "And at most") Optional<BigDecimal> high,
      @Field(title = "How that is estimated") String estimate) {}

  /** A budget to change, in the shape in which plugins of ad platforms take it. */
  record Budget(
      @Field(title = "Campaign") String campaignId,
      @Field(title = "Name") String campaign,
      @Field(title = "From") BigDecimal from,
      @Field(title = "To") BigDecimal to,
      @Field(title = "Floor") BigDecimal floor,
      @Field(title = "Ceiling") BigDecimal ceiling,
      @Field(title = "Why") String reason,
      @Field(title = "Expected effect") String effect) {}

  /** A segment of an ad set to leave out. */
  record Narrowing(
      @Field(title = "Ad set") String adSetId,
      @Field(title = "Name of the ad set") String adSet,
      @Field(title = "Segment") String segment,
      @Field(title = "Advice", choices = "NARROW") String advice,
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
