package dev.segue.plugins.campaignmodels.budget;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The spread of a total over campaigns that yields most by their curves, within floors, ceilings
 * and the greatest step.
 *
 * <p>Curves that rise ever more slowly make this a separable concave problem with one sum: at the
 * best spread every campaign that is not at a limit has the same slope, which bisection finds (Boyd
 * and Vandenberghe, "Convex Optimization", 2004, 5.5.3; Ibaraki and Katoh, "Resource Allocation
 * Problems", 1988). Amounts are rounded down to the coin, and the coins left over go where they
 * yield most, so that the total is kept exactly.
 */
public final class Allocation {

  private static final int HALVINGS = 200;

  private final int digits;

  /**
   * Allocates in a currency.
   *
   * @param digits of its smallest coin, such as 2 for cents
   */
  public Allocation(int digits) {
    this.digits = digits;
  }

  /** What a budget may be, in whole coins. */
  private record Range(CampaignBudget campaign, BigDecimal low, BigDecimal high) {

    BigDecimal clamp(BigDecimal value) {
      return value.max(low).min(high);
    }
  }

  /**
   * Spreads a total.
   *
   * @param campaigns at least one, with different ids
   * @param total what the budgets must add up to
   * @param mostStep how far a budget may move at once, as a share of what it is now; 0 to 1
   * @return the budget of each campaign, in the order given; they add up to the total
   * @throws LimitsException if the limits allow no spread; says which limit is at fault
   */
  public Map<String, BigDecimal> spread(
      List<CampaignBudget> campaigns, BigDecimal total, BigDecimal mostStep)
      throws LimitsException {
    List<Range> ranges = new ArrayList<>();
    for (CampaignBudget campaign : campaigns) {
      ranges.add(range(campaign, mostStep));
    }
    refuseImpossible(ranges, total);
    Map<String, BigDecimal> spread = new LinkedHashMap<>();
    double slope = commonSlope(ranges, total);
    for (Range range : ranges) {
      BigDecimal exact = BigDecimal.valueOf(wanted(range, slope));
      spread.put(range.campaign().id(), range.clamp(exact.setScale(digits, RoundingMode.DOWN)));
    }
    return settle(ranges, spread, total);
  }

  private Range range(CampaignBudget campaign, BigDecimal mostStep) throws LimitsException {
    String id = campaign.id();
    if (campaign.floor().signum() < 0) {
      throw new LimitsException("limits[" + id + "].floor", "a floor can't be below 0");
    }
    if (campaign.floor().compareTo(campaign.ceiling()) > 0) {
      throw new LimitsException(
          "limits[" + id + "].ceiling",
          "the ceiling " + campaign.ceiling() + " is below the floor " + campaign.floor());
    }
    BigDecimal step = campaign.now().multiply(mostStep);
    BigDecimal lowest = campaign.now().subtract(step).setScale(digits, RoundingMode.CEILING);
    BigDecimal highest = campaign.now().add(step).setScale(digits, RoundingMode.FLOOR);
    if (campaign.floor().compareTo(highest) > 0) {
      throw new LimitsException(
          "limits[" + id + "].floor",
          "the floor "
              + campaign.floor()
              + " is more than one step above the budget of "
              + campaign.now()
              + ", from which a step leads to "
              + highest
              + " at most");
    }
    if (campaign.ceiling().compareTo(lowest) < 0) {
      throw new LimitsException(
          "limits[" + id + "].ceiling",
          "the ceiling "
              + campaign.ceiling()
              + " is more than one step below the budget of "
              + campaign.now()
              + ", from which a step leads to "
              + lowest
              + " at least");
    }
    return new Range(
        campaign,
        campaign.floor().setScale(digits, RoundingMode.CEILING).max(lowest),
        campaign.ceiling().setScale(digits, RoundingMode.FLOOR).min(highest));
  }

  private static void refuseImpossible(List<Range> ranges, BigDecimal total)
      throws LimitsException {
    BigDecimal least = ranges.stream().map(Range::low).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal most = ranges.stream().map(Range::high).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (total.compareTo(least) < 0) {
      throw new LimitsException(
          "total", "floors and steps need " + least + " at least, and the total is " + total);
    }
    if (total.compareTo(most) > 0) {
      throw new LimitsException(
          "total", "ceilings and steps allow " + most + " at most, and the total is " + total);
    }
  }

  private static double commonSlope(List<Range> ranges, BigDecimal total) {
    double low = 0;
    double high =
        ranges.stream().mapToDouble(range -> range.campaign().curve().slope(0)).max().orElse(1);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      double sum = ranges.stream().mapToDouble(range -> wanted(range, middle)).sum();
      if (sum > total.doubleValue()) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double wanted(Range range, double slope) {
    ResponseCurve curve = range.campaign().curve();
    double cost =
        slope > 0 ? curve.costAtSlope(slope) : curve.ceiling() > 0 ? Double.POSITIVE_INFINITY : 0;
    return Math.max(range.low().doubleValue(), Math.min(range.high().doubleValue(), cost));
  }

  /** Moves what rounding and equal slopes have left over, to where it yields most or least. */
  private static Map<String, BigDecimal> settle(
      List<Range> ranges, Map<String, BigDecimal> spread, BigDecimal total) {
    BigDecimal left =
        total.subtract(spread.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    Comparator<Range> bySlope = Comparator.comparingDouble(range -> slopeAt(range, spread));
    List<Range> order =
        ranges.stream().sorted(left.signum() > 0 ? bySlope.reversed() : bySlope).toList();
    for (Range range : order) {
      BigDecimal now = budget(range, spread);
      BigDecimal settled = range.clamp(now.add(left));
      spread.put(range.campaign().id(), settled);
      left = left.subtract(settled.subtract(now));
    }
    return spread;
  }

  private static double slopeAt(Range range, Map<String, BigDecimal> spread) {
    return range.campaign().curve().slope(budget(range, spread).doubleValue());
  }

  private static BigDecimal budget(Range range, Map<String, BigDecimal> spread) {
    return spread.getOrDefault(range.campaign().id(), range.low());
  }
}
