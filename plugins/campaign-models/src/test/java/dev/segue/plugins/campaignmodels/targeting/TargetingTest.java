package dev.segue.plugins.campaignmodels.targeting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.plugins.campaignmodels.targeting.SegmentAdvice.Advice;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetingTest {

  private final Targeting targeting = new Targeting(Targeting.Limits.DEFAULT);

  @Test
  void narrowsTheBadAndWidensTheGoodWithEnoughToGoBy() {
    assertThat(
            targeting.weigh(
                List.of(
                    new SegmentCounts("18-24", 200, 5),
                    new SegmentCounts("25-34", 200, 40),
                    new SegmentCounts("35-44", 200, 42),
                    new SegmentCounts("45-54", 200, 95),
                    new SegmentCounts("55+", 4, 0))))
        .extracting(one -> one.counts().segment(), SegmentAdvice::advice)
        .contains(
            tuple("18-24", Advice.NARROW),
            tuple("25-34", Advice.KEEP),
            tuple("45-54", Advice.WIDEN),
            tuple("55+", Advice.KEEP));
  }

  @Test
  void leavesOutNoMoreOfTheCostThanAllowed() {
    assertThat(
            targeting.weigh(
                List.of(
                    new SegmentCounts("a", 400, 1),
                    new SegmentCounts("b", 300, 200),
                    new SegmentCounts("c", 300, 200))))
        .extracting(SegmentAdvice::advice)
        .doesNotContain(Advice.NARROW);
  }

  @Test
  void hasNoAdviceOnOneSegmentAlone() {
    assertThat(targeting.weigh(List.of(new SegmentCounts("all", 100, 3))))
        .extracting(SegmentAdvice::advice)
        .containsExactly(Advice.KEEP);
    assertThat(targeting.weigh(List.of())).isEmpty();
  }
}
