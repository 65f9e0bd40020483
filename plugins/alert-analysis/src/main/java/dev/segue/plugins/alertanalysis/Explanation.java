package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.cause.Measure;
import dev.segue.sdk.Field;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which segments explain a move, or that none does. */
record Explanation(
    @Field(title = "Explained", help = "False if no single segment explains it.") boolean explained,
    @Field(title = "Measure") Measure measure,
    @Field(title = "Numerator") Optional<String> numerator,
    @Field(title = "Unit") String unit,
    @Field(title = "Compared with") String comparedWith,
    @Field(title = "Before") Optional<BigDecimal> before,
    @Field(title = "After") Optional<BigDecimal> after,
    @Field(title = "Causes", help = "The best first.") List<Named> causes,
    @Field(title = "Divided by", help = "The label by which the parts are divided.")
        String dimension,
    @Field(title = "Parts", help = "The largest; together with those left out they make the move.")
        List<Contribution> parts,
    @Field(title = "Summary") String text) {

  /** A cause in words and figures. */
  record Named(
      @Field(title = "Label") String dimension,
      @Field(title = "Segments") List<String> segments,
      @Field(title = "Share of the move", help = "Above 1 if others made up for some of it.")
          BigDecimal share,
      @Field(title = "Share if all moved alike") BigDecimal shareIfAlike,
      @Field(title = "Surprise", help = "How far its share of the whole moved.")
          BigDecimal surprise,
      @Field(title = "Due to its rate") BigDecimal rateEffect,
      @Field(title = "Due to its weight") BigDecimal mixEffect,
      @Field(title = "Nearly all within") Map<String, String> within,
      @Field(title = "Weight", help = "Its share of the denominator now.") BigDecimal weight,
      @Field(title = "The whole without it", help = "Ratios only.") Optional<BigDecimal> without,
      @Field(
              title = "Lower end (80 %)",
              help = "Empty if the figure is made of no events that chance could be known by.")
          Optional<BigDecimal> withoutLow,
      @Field(title = "Upper end (80 %)") Optional<BigDecimal> withoutHigh,
      @Field(title = "In words") String text) {

    /** The only value that it has of a label; empty if it spreads over several. */
    Optional<String> only(String label) {
      if (dimension.equals(label)) {
        return segments.size() == 1 ? Optional.of(segments.getFirst()) : Optional.empty();
      }
      return Optional.ofNullable(within.get(label));
    }
  }

  /** What a segment has to do with the move. */
  record Contribution(
      @Field(title = "Segment") String segment,
      @Field(title = "Before") Optional<BigDecimal> before,
      @Field(title = "After") Optional<BigDecimal> after,
      @Field(title = "Contribution") BigDecimal contribution,
      @Field(title = "Share of the move") BigDecimal share,
      @Field(title = "Due to its rate") BigDecimal rateEffect,
      @Field(title = "Due to its weight") BigDecimal mixEffect) {}
}
