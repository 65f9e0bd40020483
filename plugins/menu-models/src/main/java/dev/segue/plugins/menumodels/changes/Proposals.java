package dev.segue.plugins.menumodels.changes;

import dev.segue.plugins.menumodels.matrix.MenuClass;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What menu engineering proposes: plow horses get a small price step, puzzles a promotion; stars
 * and dogs are for people to act on. The same menu gives the same proposals.
 *
 * @param priceSteps the most promising first
 * @param promotions the most promising first
 * @param featured stars to keep in sight
 * @param dropCandidates dogs to rework or take off
 */
public record Proposals(
    List<PriceStep> priceSteps,
    List<PromotionProposal> promotions,
    List<Advice> featured,
    List<Advice> dropCandidates) {

  private static final int MOST_ADVICE = 5;

  /** Copies the lists. */
  public Proposals {
    priceSteps = List.copyOf(priceSteps);
    promotions = List.copyOf(promotions);
    featured = List.copyOf(featured);
    dropCandidates = List.copyOf(dropCandidates);
  }

  /**
   * Makes proposals.
   *
   * @param menu the items that have a price and a cost
   * @param meanMargin what the average unit contributes
   * @param limits how far to go
   * @param figures the currency
   * @param days over how many days the effect of a price is told
   * @param startsOn the first day on which proposals would hold
   */
  public static Proposals of(
      List<Candidate> menu,
      BigDecimal meanMargin,
      Limits limits,
      Figures figures,
      int days,
      LocalDate startsOn) {
    Pricing pricing = new Pricing(limits, figures, days);
    Promoting promoting = new Promoting(limits, figures);
    return new Proposals(
        of(menu, MenuClass.PLOW_HORSE)
            .flatMap(item -> pricing.step(item, meanMargin, startsOn).stream())
            .sorted(
                Comparator.comparing(PriceStep::margin).reversed().thenComparing(PriceStep::itemId))
            .limit(limits.mostPriceSteps())
            .toList(),
        of(menu, MenuClass.PUZZLE)
            .flatMap(item -> promoting.promotion(item, meanMargin, startsOn).stream())
            .sorted(
                Comparator.comparing(PromotionProposal::margin)
                    .reversed()
                    .thenComparing(PromotionProposal::itemId))
            .limit(limits.mostPromotions())
            .toList(),
        advice(
            of(menu, MenuClass.STAR)
                .sorted(Comparator.comparing(Candidate::share).reversed().thenComparing(byId())),
            figures,
            "A star: popular, with a high margin. Keep recipe and price, and keep it in sight."),
        advice(
            of(menu, MenuClass.DOG)
                .sorted(Comparator.comparing(Candidate::share).thenComparing(byId())),
            figures,
            "A dog: sells little and earns little. Rework it or take it off the menu."));
  }

  /** How many changes they amount to. */
  public int count() {
    return priceSteps.size() + promotions.size();
  }

  /** What they are expected to add to the margin in all. */
  public BigDecimal margin() {
    return Stream.concat(
            priceSteps.stream().map(PriceStep::margin),
            promotions.stream().map(PromotionProposal::margin))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Stream<Candidate> of(List<Candidate> menu, MenuClass place) {
    return menu.stream().filter(item -> item.place() == place);
  }

  private static Comparator<Candidate> byId() {
    return Comparator.comparing(Candidate::itemId);
  }

  private static List<Advice> advice(Stream<Candidate> items, Figures figures, String words) {
    return items
        .limit(MOST_ADVICE)
        .map(
            item ->
                new Advice(
                    item.itemId(),
                    item.name(),
                    words
                        + " ("
                        + Figures.percent(item.share())
                        + " of the units, "
                        + figures.money(item.margin())
                        + " margin a unit.)"))
        .toList();
  }
}
