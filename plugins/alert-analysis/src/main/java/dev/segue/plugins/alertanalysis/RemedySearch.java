package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.AlertContext.Applied;
import dev.segue.plugins.alertanalysis.Explanation.Contribution;
import dev.segue.plugins.alertanalysis.Explanation.Named;
import dev.segue.plugins.alertanalysis.Remedies.Budget;
import dev.segue.plugins.alertanalysis.Remedies.Kind;
import dev.segue.plugins.alertanalysis.Remedies.Narrowing;
import dev.segue.plugins.alertanalysis.Remedies.Pause;
import dev.segue.plugins.alertanalysis.Remedies.Plan;
import dev.segue.plugins.alertanalysis.Remedies.Suggestion;
import dev.segue.plugins.alertanalysis.SuggestRemedies.AdSet;
import dev.segue.plugins.alertanalysis.SuggestRemedies.Running;
import dev.segue.plugins.alertanalysis.cause.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One search for what might help. */
final class RemedySearch {

  private static final double ABOUT_AS_GOOD = 0.8;

  private final SuggestRemedies.Input input;
  private final Explanation explanation;
  private final Places places;
  private final double before;
  private final double after;
  private final List<Suggestion> suggestions = new ArrayList<>();
  private final List<Budget> budgets = new ArrayList<>();
  private final List<Narrowing> targeting = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();

  RemedySearch(SuggestRemedies.Input input) {
    this.input = input;
    this.explanation = input.explanation();
    this.places = new Places(input);
    this.before = explanation.before().map(BigDecimal::doubleValue).orElse(Double.NaN);
    this.after = explanation.after().map(BigDecimal::doubleValue).orElse(Double.NaN);
  }

  Remedies search() {
    // What made a figure better is neither taken back nor undone in other ways.
    boolean worse = isBetter(before, after);
    Optional<UUID> undo = worse ? undo() : Optional.empty();
    if (worse) {
      byReach().stream().filter(this::wouldHelp).forEach(this::actOnce);
    }
    boolean changes = hasChanges();
    suggestions.add(
        new Suggestion(
            Kind.WATCH,
            "Watch only",
            reasonToWatch(),
            Optional.empty(),
            Optional.empty(),
            "Nothing changes."));
    boolean campaigns = undo.isEmpty() && changes;
    return new Remedies(
        undo.isPresent() ? Plan.UNDO : changes ? Plan.CAMPAIGNS : Plan.NONE,
        suggestions,
        undo,
        campaigns ? budgets : List.of(),
        campaigns ? targeting : List.of(),
        campaigns ? pauses : List.of(),
        text());
  }

  private boolean isBetter(double value, double than) {
    return input.better().filter(side -> side.isBetter(value, than)).isPresent();
  }

  private boolean hasChanges() {
    return !budgets.isEmpty() || !targeting.isEmpty() || !pauses.isEmpty();
  }

  private String reasonToWatch() {
    if (isBetter(after, before)) {
      return "The figure moved for the better.";
    }
    if (!explanation.explained()) {
      return "Nothing that Segue could change explains the move.";
    }
    return input.better().isPresent()
        ? "It may pass by itself."
        : "Nobody has said whether this figure is better low or high, so nothing is suggested"
            + " against the move.";
  }

  /** Of causes that are about as good, first the one with the remedy that touches least. */
  private List<Named> byReach() {
    double best =
        explanation.causes().stream()
            .mapToDouble(cause -> cause.surprise().doubleValue())
            .max()
            .orElse(0);
    return explanation.causes().stream()
        .sorted(
            Comparator.comparing(
                    (Named cause) -> cause.surprise().doubleValue() < ABOUT_AS_GOOD * best)
                .thenComparing(cause -> reach(cause.dimension())))
        .toList();
  }

  private static int reach(String dimension) {
    return switch (dimension) {
      case "variant" -> 0;
      case "segment" -> 1;
      case "ad_set" -> 2;
      case "campaign" -> 3;
      default -> 4;
    };
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    for (Suggestion one : suggestions) {
      lines.add("- " + one.title() + ". " + one.reason());
    }
    return String.join("\n", lines);
  }

  private Optional<UUID> undo() {
    for (Applied change : input.changes()) {
      Optional<Named> cause =
          explanation.causes().stream().filter(named -> places.concerns(change, named)).findFirst();
      if (change.coincides()
          && cause.isPresent()
          && change.stepType().startsWith(input.undoable())) {
        Estimate estimate = Estimate.back(after, before, cause.get());
        suggest(
            Kind.UNDO,
            "Take back: " + change.title(),
            "Segue applied it at about that time, and it concerns what explains the move.",
            estimate);
        return Optional.of(change.changeSet());
      }
    }
    return Optional.empty();
  }

  /** Whether the figure is better without the segment. */
  private boolean wouldHelp(Named cause) {
    return explanation.measure() == Measure.RATIO
        && cause.without().filter(without -> isBetter(without.doubleValue(), after)).isPresent();
  }

  private void actOnce(Named cause) {
    if (hasChanges()) {
      return;
    }
    switch (cause.dimension()) {
      case "segment" -> leaveOut(cause);
      case "variant" -> pause(cause);
      case "campaign", "ad_set" -> places.budgetOf(cause).ifPresent(it -> cut(it, cause));
      default -> {}
    }
  }

  private void leaveOut(Named cause) {
    Estimate estimate = Estimate.without(after, cause);
    for (AdSet place : places.adSets(cause)) {
      for (String segment : cause.segments()) {
        targeting.add(
            new Narrowing(
                place.id(), place.name(), segment, "NARROW", cause.text(), effect(estimate)));
      }
    }
    if (!targeting.isEmpty()) {
      suggest(
          Kind.LEAVE_OUT_SEGMENT,
          "Leave out " + Words.list(cause.segments()) + where(targeting.size(), cause),
          cause.text(),
          estimate);
    }
  }

  private void pause(Named cause) {
    Estimate estimate = Estimate.without(after, cause);
    for (AdSet place : places.adSets(cause)) {
      for (String variant : cause.segments()) {
        pauses.add(new Pause(place.id(), place.name(), variant, cause.text(), effect(estimate)));
      }
    }
    if (!pauses.isEmpty()) {
      suggest(
          Kind.PAUSE_VARIANT,
          "Pause " + Words.list(cause.segments()) + where(pauses.size(), cause),
          cause.text(),
          estimate);
    }
  }

  private static String where(int places, Named cause) {
    return places == cause.segments().size() ? " in one ad set" : " in all ad sets concerned";
  }

  private void cut(Running campaign, Named cause) {
    BigDecimal from = campaign.dailyBudget();
    BigDecimal amount =
        from.multiply(input.stepPercent().movePointLeft(2)).setScale(2, RoundingMode.DOWN);
    if (amount.signum() == 0) {
      return;
    }
    double share = amount.doubleValue() / from.doubleValue();
    boolean ofCost = explanation.numerator().filter(AdAmounts::isCost).isPresent();
    Estimate estimate = Estimate.cut(after, cause, share, ofCost);
    Optional<Running> receiver = receiver(cause);
    budgets.add(budget(campaign, from.subtract(amount), cause.text(), effect(estimate)));
    receiver.ifPresent(
        to ->
            budgets.add(
                budget(
                    to,
                    to.dailyBudget().add(amount),
                    "It does best among those that are as they were.",
                    "It gets what " + campaign.name() + " gives up.")));
    suggest(
        receiver.isPresent() ? Kind.SHIFT_BUDGET : Kind.CUT_BUDGET,
        receiver
            .map(to -> "Move " + amount + " a day from " + campaign.name() + " to " + to.name())
            .orElse("Cut the daily budget of " + campaign.name() + " by " + amount),
        cause.text(),
        estimate);
  }

  private Budget budget(Running campaign, BigDecimal to, String reason, String effect) {
    return new Budget(
        campaign.id(),
        campaign.name(),
        campaign.dailyBudget(),
        to,
        BigDecimal.ZERO,
        campaign.dailyBudget().max(to),
        reason,
        effect);
  }

  /** The best of the campaigns that don't take part in the move; known only if divided by them. */
  private Optional<Running> receiver(Named cause) {
    if (!explanation.dimension().equals("campaign") || !cause.dimension().equals("campaign")) {
      return Optional.empty();
    }
    return explanation.parts().stream()
        .filter(part -> !cause.segments().contains(part.segment()))
        .filter(part -> part.after().isPresent() && part.share().doubleValue() < 0.1)
        .filter(part -> places.running(part.segment()).isPresent())
        .reduce((one, other) -> isBetter(figure(other), figure(one)) ? other : one)
        .flatMap(part -> places.running(part.segment()));
  }

  private static double figure(Contribution part) {
    return part.after().map(BigDecimal::doubleValue).orElse(Double.NaN);
  }

  private String effect(Estimate estimate) {
    return estimate.words(after, explanation.unit());
  }

  private void suggest(Kind kind, String title, String reason, Estimate estimate) {
    boolean known = estimate.isKnown();
    suggestions.add(
        new Suggestion(
            kind,
            title,
            reason + (known ? " " + effect(estimate) : ""),
            known ? Optional.of(Words.figure(estimate.low())) : Optional.empty(),
            known ? Optional.of(Words.figure(estimate.high())) : Optional.empty(),
            estimate.how()));
  }
}
