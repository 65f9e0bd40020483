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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One search for what might help. */
final class RemedySearch {

  private static final double ABOUT_AS_GOOD = 0.8;

  private final SuggestRemedies.Input input;
  private final Explanation explanation;
  private final Map<String, String> scope;
  private final double before;
  private final double after;
  private final List<Suggestion> suggestions = new ArrayList<>();
  private final List<Budget> budgets = new ArrayList<>();
  private final List<Narrowing> targeting = new ArrayList<>();
  private final List<Pause> pauses = new ArrayList<>();

  RemedySearch(SuggestRemedies.Input input) {
    this.input = input;
    this.explanation = input.explanation();
    this.scope = Alert.said(input.scope());
    this.before = explanation.before().map(BigDecimal::doubleValue).orElse(Double.NaN);
    this.after = explanation.after().map(BigDecimal::doubleValue).orElse(Double.NaN);
  }

  Remedies search() {
    Optional<UUID> undo = undo();
    for (Named cause : byReach()) {
      if (budgets.isEmpty() && targeting.isEmpty() && pauses.isEmpty() && wouldHelp(cause)) {
        act(cause);
      }
    }
    boolean changes = !budgets.isEmpty() || !targeting.isEmpty() || !pauses.isEmpty();
    suggestions.add(
        new Suggestion(
            Kind.WATCH,
            "Watch only",
            explanation.explained()
                ? "It may pass by itself."
                : "Nothing that Segue could change explains the move.",
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
          explanation.causes().stream().filter(named -> concerns(change, named)).findFirst();
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

  /** Whether a change is about the campaign or the ad set in which the cause is. */
  private boolean concerns(Applied change, Named cause) {
    int slash = change.target().lastIndexOf('/');
    if (slash < 0) {
      return campaign(cause).filter(change.target()::equals).isPresent();
    }
    String adSet = change.target().substring(0, slash);
    String part = change.target().substring(slash + 1);
    boolean samePlace =
        only(cause, "ad_set").map(adSet::equals).orElseGet(() -> isIn(adSet, campaign(cause)));
    return samePlace
        && (cause.dimension().equals("campaign")
            || cause.dimension().equals("ad_set")
            || cause.segments().contains(part));
  }

  private boolean isIn(String adSet, Optional<String> campaign) {
    return input.adSets().stream()
        .anyMatch(
            one ->
                one.id().equals(adSet)
                    && (campaign.isEmpty() || one.campaignId().equals(campaign.get())));
  }

  private Optional<String> only(Named cause, String label) {
    return cause.only(label).or(() -> Optional.ofNullable(scope.get(label)));
  }

  private Optional<String> campaign(Named cause) {
    return only(cause, "campaign")
        .or(
            () ->
                only(cause, "ad_set")
                    .flatMap(
                        id ->
                            input.adSets().stream()
                                .filter(one -> one.id().equals(id))
                                .map(AdSet::campaignId)
                                .findFirst()));
  }

  /** Whether the figure without the segment is nearer to what it was. */
  private boolean wouldHelp(Named cause) {
    return explanation.measure() == Measure.RATIO
        && cause
            .without()
            .filter(without -> Math.abs(without.doubleValue() - before) < Math.abs(after - before))
            .isPresent();
  }

  private void act(Named cause) {
    switch (cause.dimension()) {
      case "segment" -> leaveOut(cause);
      case "variant" -> pause(cause);
      case "campaign" -> campaign(cause).flatMap(this::running).ifPresent(it -> cut(it, cause));
      case "ad_set" ->
          campaign(cause)
              .filter(
                  id ->
                      input.adSets().stream().filter(it -> it.campaignId().equals(id)).count() == 1)
              .flatMap(this::running)
              .ifPresent(it -> cut(it, cause));
      default -> {}
    }
  }

  private Optional<Running> running(String id) {
    return input.campaigns().stream()
        .filter(one -> one.id().equals(id))
        .filter(this::isMovable)
        .findFirst();
  }

  private boolean isMovable(Running campaign) {
    return campaign.active()
        && campaign.dailyBudget().signum() > 0
        && !input.held().contains(campaign.id());
  }

  /** The ad sets that a cause is about, without those that are held. */
  private List<AdSet> places(Named cause) {
    Optional<String> adSet = only(cause, "ad_set");
    Optional<String> campaign = campaign(cause);
    return input.adSets().stream()
        .filter(one -> adSet.isEmpty() || adSet.get().equals(one.id()))
        .filter(one -> campaign.isEmpty() || campaign.get().equals(one.campaignId()))
        .filter(one -> !input.held().contains(one.campaignId()))
        .toList();
  }

  private void leaveOut(Named cause) {
    Estimate estimate = Estimate.without(after, cause);
    for (AdSet place : places(cause)) {
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
    for (AdSet place : places(cause)) {
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
    Comparator<Contribution> best =
        Comparator.comparing(part -> part.after().orElse(BigDecimal.ZERO));
    return explanation.parts().stream()
        .filter(part -> !cause.segments().contains(part.segment()))
        .filter(part -> part.after().isPresent() && part.share().doubleValue() < 0.1)
        .filter(part -> running(part.segment()).isPresent())
        .min(after > before ? best : best.reversed())
        .flatMap(part -> running(part.segment()));
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
