package dev.segue.plugins.alertanalysis;

import dev.segue.plugins.alertanalysis.AlertContext.Applied;
import dev.segue.plugins.alertanalysis.Explanation.Named;
import dev.segue.plugins.alertanalysis.SuggestRemedies.AdSet;
import dev.segue.plugins.alertanalysis.SuggestRemedies.Running;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where on the ad platform causes are, and what of it may change. */
final class Places {

  private final SuggestRemedies.Input input;
  private final Map<String, String> scope;

  Places(SuggestRemedies.Input input) {
    this.input = input;
    this.scope = Alert.said(input.scope());
  }

  /** Whether a change is about the campaign or the ad set in which the cause is. */
  boolean concerns(Applied change, Named cause) {
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

  /** The campaign whose budget is that of the cause: its own, or that of its only ad set. */
  Optional<Running> budgetOf(Named cause) {
    Optional<String> campaign = campaign(cause);
    return cause.dimension().equals("ad_set")
        ? campaign.filter(this::hasOneAdSet).flatMap(this::running)
        : campaign.flatMap(this::running);
  }

  private boolean hasOneAdSet(String campaign) {
    return input.adSets().stream().filter(one -> one.campaignId().equals(campaign)).count() == 1;
  }

  /** A campaign whose budget may move. */
  Optional<Running> running(String id) {
    return input.campaigns().stream()
        .filter(one -> one.id().equals(id))
        .filter(
            one ->
                one.active() && one.dailyBudget().signum() > 0 && !input.held().contains(one.id()))
        .findFirst();
  }

  /** The ad sets that a cause is about, without those that are held. */
  List<AdSet> adSets(Named cause) {
    Optional<String> adSet = only(cause, "ad_set");
    Optional<String> campaign = campaign(cause);
    return input.adSets().stream()
        .filter(one -> adSet.isEmpty() || adSet.get().equals(one.id()))
        .filter(one -> campaign.isEmpty() || campaign.get().equals(one.campaignId()))
        .filter(one -> !input.held().contains(one.campaignId()))
        .toList();
  }
}
