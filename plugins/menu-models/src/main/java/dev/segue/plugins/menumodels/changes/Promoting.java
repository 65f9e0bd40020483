package dev.segue.plugins.menumodels.changes;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Finds the promotion for a puzzle: the discount, in steps of five percent, that is expected to
 * earn the most and leaves the least margin.
 */
final class Promoting {

  private static final BigDecimal STEP = new BigDecimal("0.05");

  private final Limits limits;
  private final Figures figures;

  Promoting(Limits limits, Figures figures) {
    this.limits = limits;
    this.figures = figures;
  }

  /** A discount with what it is expected to do to the promotion's days. */
  private record Expected(BigDecimal discount, BigDecimal units, BigDecimal gain) {}

  Optional<PromotionProposal> promotion(
      Candidate candidate, BigDecimal meanMargin, LocalDate startsOn) {
    boolean rests =
        candidate.offer().promotedUntil().stream()
            .anyMatch(until -> !until.plusDays(limits.promotionRestDays()).isBefore(startsOn));
    BigDecimal price = figures.rounded(candidate.offer().price());
    if (rests || price.signum() <= 0) {
      return Optional.empty();
    }
    BigDecimal most = mostDiscount(price, candidate.offer().unitCost());
    BigDecimal before = candidate.dailyUnits().multiply(BigDecimal.valueOf(limits.promotionDays()));
    return best(candidate, price, most, before)
        .map(expected -> proposal(candidate, meanMargin, startsOn, price, most, before, expected));
  }

  /** No more than the limit, and never below the least margin. */
  private BigDecimal mostDiscount(BigDecimal price, BigDecimal unitCost) {
    BigDecimal lowest = limits.lowestPrice(unitCost, figures.digits());
    return price
        .subtract(lowest)
        .divide(price, 4, RoundingMode.FLOOR)
        .min(limits.mostDiscount())
        .max(BigDecimal.ZERO);
  }

  private Optional<Expected> best(
      Candidate candidate, BigDecimal price, BigDecimal most, BigDecimal before) {
    BigDecimal cost = candidate.offer().unitCost();
    BigDecimal usual = before.multiply(price.subtract(cost));
    Optional<Expected> best = Optional.empty();
    for (BigDecimal discount = STEP; discount.compareTo(most) <= 0; discount = discount.add(STEP)) {
      BigDecimal units =
          before.multiply(BigDecimal.ONE.add(discount.multiply(limits.promotionElasticity())));
      BigDecimal unit = price.multiply(BigDecimal.ONE.subtract(discount)).subtract(cost);
      BigDecimal gain = figures.rounded(units.multiply(unit).subtract(usual));
      if (gain.signum() > 0 && best.stream().allMatch(b -> gain.compareTo(b.gain()) > 0)) {
        best = Optional.of(new Expected(discount, units, gain));
      }
    }
    return best;
  }

  private PromotionProposal proposal(
      Candidate candidate,
      BigDecimal meanMargin,
      LocalDate startsOn,
      BigDecimal price,
      BigDecimal most,
      BigDecimal before,
      Expected expected) {
    return new PromotionProposal(
        candidate.itemId() + "/" + startsOn,
        candidate.itemId(),
        candidate.name(),
        price,
        expected.discount(),
        most,
        startsOn,
        startsOn.plusDays(limits.promotionDays() - 1L),
        reason(candidate, meanMargin),
        effect(before, expected),
        expected.units().subtract(before).setScale(1, RoundingMode.HALF_UP),
        expected.gain());
  }

  private String reason(Candidate candidate, BigDecimal meanMargin) {
    return "A puzzle: "
        + figures.money(candidate.margin())
        + " margin a unit where the average is "
        + figures.money(meanMargin)
        + ", but only "
        + Figures.percent(candidate.share())
        + " of the units sold.";
  }

  private String effect(BigDecimal before, Expected expected) {
    return figures.money(expected.gain())
        + " more margin in "
        + limits.promotionDays()
        + " days: "
        + Figures.units(expected.units())
        + " instead of "
        + Figures.units(before)
        + " units at "
        + Figures.percent(expected.discount())
        + " off, if one percent off brings "
        + limits.promotionElasticity().toPlainString()
        + " % more units.";
  }
}
