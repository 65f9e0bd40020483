package dev.segue.plugins.adspractice;

import dev.segue.plugins.adspractice.AccountState.AdSet;
import dev.segue.plugins.adspractice.AccountState.Campaign;
import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeTarget;
import dev.segue.sdk.Money;
import dev.segue.sdk.StepError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From proposals and the account as it is to the list of changes. */
final class CampaignPlan {

  private static final Duration VALID = Duration.ofHours(48);
  private static final int WIDER = 25;
  private static final int WIDEST = 200;

  /** So that the budgets never exceed their total, wherever applying stops. */
  private static final Comparator<Wanted.Budget> REDUCTIONS_FIRST =
      Comparator.comparing(wanted -> wanted.to().compareTo(wanted.from()));

  private final AccountState state;
  private final Instant validUntil;

  CampaignPlan(AccountState state, Instant now) {
    this.state = state;
    this.validUntil = now.plus(VALID);
  }

  List<Change> of(CampaignChanges.Input input) {
    List<Change> changes = new ArrayList<>();
    input.budgets().stream()
        .sorted(REDUCTIONS_FIRST)
        .forEach(wanted -> changes.add(budget(wanted)));
    input.targeting().forEach(wanted -> segment(wanted).ifPresent(changes::add));
    Map<String, Long> left = new HashMap<>();
    input.pauses().forEach(wanted -> pause(wanted, left).ifPresent(changes::add));
    return changes;
  }

  /** A budget that is no longer what the spread began from would break the total. */
  private Change budget(Wanted.Budget wanted) {
    Campaign campaign =
        state
            .campaign(wanted.campaignId())
            .orElseThrow(() -> changed(wanted.campaign() + " is no longer there"));
    BigDecimal from = wanted.from().setScale(2, RoundingMode.HALF_UP);
    BigDecimal to = wanted.to().setScale(2, RoundingMode.HALF_UP);
    if (campaign.budget().compareTo(from) != 0) {
      throw changed(
          "the daily budget of "
              + campaign.name()
              + " is "
              + campaign.dailyBudget()
              + ", not "
              + from);
    }
    String field = Setting.field(Setting.BUDGET);
    return Change.of(
            new ChangeTarget(
                Setting.BUDGET, campaign.id(), "the daily budget of " + campaign.name()),
            "Set the daily budget of " + campaign.name() + " from " + from + " to " + to)
        .reason(wanted.reason())
        .effect(wanted.effect())
        .before(field, from)
        .editableAfter(field, to)
        .after(CampaignCheck.FLOOR, wanted.floor())
        .after(CampaignCheck.CEILING, wanted.ceiling())
        .amount(new Money(to.subtract(from), Currency.getInstance(state.currency())))
        .expected(field, from)
        .undo("Sets the budget back to " + from + ".")
        .validUntil(validUntil)
        .build();
  }

  private static StepError changed(String what) {
    return new StepError(
        "ACCOUNT_CHANGED",
        "Since the account was read, somebody has changed it: "
            + what
            + ". Read it and plan anew.");
  }

  private Optional<Change> segment(Wanted.Segment wanted) {
    Optional<String> now =
        state.adSet(wanted.adSetId()).map(adSet -> adSet.segments().get(wanted.segment()));
    if (now.isEmpty()) {
      return Optional.empty();
    }
    int reach = Integer.parseInt(now.get());
    int next = wanted.advice() == Wanted.Advice.NARROW ? 0 : Math.min(WIDEST, reach + WIDER);
    if (next == reach) {
      return Optional.empty();
    }
    String field = Setting.field(Setting.SEGMENT);
    String label = wanted.segment() + " in " + wanted.adSet();
    return Optional.of(
        Change.of(
                new ChangeTarget(
                    Setting.SEGMENT,
                    wanted.adSetId() + "/" + wanted.segment(),
                    "the reach of " + label),
                next == 0
                    ? "Leave out " + label
                    : "Reach " + label + " further, from " + reach + " to " + next + " percent")
            .reason(wanted.reason())
            .effect(wanted.effect())
            .before(field, reach)
            .editableAfter(field, next)
            .expected(field, reach)
            .undo("Sets the reach back to " + reach + " percent.")
            .validUntil(validUntil)
            .build());
  }

  /** Never pauses the last variant that is shown. */
  private Optional<Change> pause(Wanted.Pause wanted, Map<String, Long> left) {
    Optional<AdSet> adSet = state.adSet(wanted.adSetId());
    if (adSet.isEmpty() || !"active".equals(adSet.get().variants().get(wanted.variant()))) {
      return Optional.empty();
    }
    long shown =
        left.computeIfAbsent(
            wanted.adSetId(),
            id -> adSet.get().variants().values().stream().filter("active"::equals).count());
    if (shown < 2) {
      return Optional.empty();
    }
    left.put(wanted.adSetId(), shown - 1);
    String field = Setting.field(Setting.VARIANT);
    String label = wanted.variant() + " in " + wanted.adSet();
    return Optional.of(
        Change.of(
                new ChangeTarget(
                    Setting.VARIANT,
                    wanted.adSetId() + "/" + wanted.variant(),
                    "the variant " + label),
                "Pause the variant " + label)
            .reason(wanted.reason())
            .effect(wanted.effect())
            .before(field, "active")
            .after(field, "paused")
            .expected(field, "active")
            .undo("Shows the variant again.")
            .validUntil(validUntil)
            .build());
  }
}
