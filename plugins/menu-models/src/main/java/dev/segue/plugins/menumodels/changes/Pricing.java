package dev.segue.plugins.menumodels.changes;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Finds the price step for a plow horse: up, as far as the limits and the ending allow, if that is
 * expected to earn more.
 */
final class Pricing {

  private final Limits limits;
  private final Figures figures;
  private final int days;

  /**
   * Prepares for one menu.
   *
   * @param days over how many days effects are told
   */
  Pricing(Limits limits, Figures figures, int days) {
    this.limits = limits;
    this.figures = figures;
    this.days = days;
  }

  Optional<PriceStep> step(Candidate candidate, BigDecimal meanMargin, LocalDate startsOn) {
    BigDecimal from = figures.rounded(candidate.offer().price());
    boolean rests =
        candidate.offer().priceSince().stream()
            .anyMatch(since -> since.plusDays(limits.priceRestDays()).isAfter(startsOn));
    BigDecimal highest =
        from.multiply(BigDecimal.ONE.add(limits.mostPriceStep()))
            .setScale(figures.digits(), RoundingMode.FLOOR);
    BigDecimal to = limits.priceEnding().atMost(highest, figures.digits());
    if (rests || from.signum() <= 0 || to.compareTo(from) <= 0) {
      return Optional.empty();
    }
    BigDecimal rise = to.subtract(from).divide(from, MathContext.DECIMAL64);
    BigDecimal kept =
        BigDecimal.ONE.subtract(rise.multiply(limits.priceElasticity())).max(BigDecimal.ZERO);
    BigDecimal before = candidate.dailyUnits().multiply(BigDecimal.valueOf(days));
    BigDecimal after = before.multiply(kept);
    BigDecimal cost = candidate.offer().unitCost();
    BigDecimal gain =
        after.multiply(to.subtract(cost)).subtract(before.multiply(from.subtract(cost)));
    if (figures.rounded(gain).signum() <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new PriceStep(
            candidate.itemId(),
            candidate.name(),
            from,
            to,
            lowest(from, to, cost),
            highest,
            startsOn,
            reason(candidate, meanMargin),
            effect(from, to, before, after, gain),
            after.subtract(before).setScale(1, RoundingMode.HALF_UP),
            figures.rounded(gain)));
  }

  /** A price that is too low already may stay as it is proposed. */
  private BigDecimal lowest(BigDecimal from, BigDecimal to, BigDecimal cost) {
    BigDecimal step =
        from.multiply(BigDecimal.ONE.subtract(limits.mostPriceStep()))
            .setScale(figures.digits(), RoundingMode.CEILING);
    return step.max(limits.lowestPrice(cost, figures.digits())).min(to);
  }

  private String reason(Candidate candidate, BigDecimal meanMargin) {
    return "A plow horse: "
        + Figures.percent(candidate.share())
        + " of the units sold, but "
        + figures.money(candidate.margin())
        + " margin a unit where the average is "
        + figures.money(meanMargin)
        + ".";
  }

  private String effect(
      BigDecimal from, BigDecimal to, BigDecimal before, BigDecimal after, BigDecimal gain) {
    return figures.money(gain)
        + " more margin in "
        + days
        + " days: "
        + Figures.units(after)
        + " instead of "
        + Figures.units(before)
        + " units at "
        + figures.money(to)
        + " instead of "
        + figures.money(from)
        + ", if one percent on the price costs "
        + limits.priceElasticity().toPlainString()
        + " % of the units.";
  }
}
