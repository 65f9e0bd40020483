package dev.segue.plugins.adspractice;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a list that a person has edited: each value by its limits, and the budgets together. */
final class CampaignCheck {

  static final String FLOOR = "floor";
  static final String CEILING = "ceiling";

  private final List<ChangeProblem> problems = new ArrayList<>();
  private BigDecimal before = BigDecimal.ZERO;
  private BigDecimal after = BigDecimal.ZERO;
  private int lastBudget = -1;

  private CampaignCheck() {}

  static List<ChangeProblem> of(List<Change> changes) {
    CampaignCheck check = new CampaignCheck();
    for (int ordinal = 0; ordinal < changes.size(); ordinal++) {
      switch (changes.get(ordinal).target().kind()) {
        case Setting.BUDGET -> check.budget(changes.get(ordinal), ordinal);
        case Setting.SEGMENT -> check.reach(changes.get(ordinal), ordinal);
        default -> {}
      }
    }
    check.total();
    return check.problems;
  }

  private void budget(Change change, int ordinal) {
    String field = Setting.field(Setting.BUDGET);
    Optional<BigDecimal> amount = amount(change, field);
    if (amount.isEmpty() || amount.get().stripTrailingZeros().scale() > 2) {
      problems.add(new ChangeProblem(ordinal, field, "Give an amount, such as 82.50."));
      return;
    }
    Optional<BigDecimal> floor = amount(change, FLOOR);
    Optional<BigDecimal> ceiling = amount(change, CEILING);
    if (amount.get().signum() < 0
        || floor.filter(low -> amount.get().compareTo(low) < 0).isPresent()) {
      problems.add(
          new ChangeProblem(
              ordinal,
              field,
              "That is below the floor of "
                  + floor.orElse(BigDecimal.ZERO).toPlainString()
                  + "; choose more."));
    } else if (ceiling.filter(high -> amount.get().compareTo(high) > 0).isPresent()) {
      problems.add(
          new ChangeProblem(
              ordinal,
              field,
              "That is above the ceiling of " + ceiling.get().toPlainString() + "; choose less."));
    }
    lastBudget = ordinal;
    before =
        before.add(
            Optional.ofNullable(change.before().get(field))
                .flatMap(Setting::amount)
                .orElse(BigDecimal.ZERO));
    after = after.add(amount.get());
  }

  private void reach(Change change, int ordinal) {
    String field = Setting.field(Setting.SEGMENT);
    Optional<BigDecimal> reach = amount(change, field);
    if (reach.isEmpty() || !reach.get().toPlainString().matches("1?\\d{1,2}|200")) {
      problems.add(
          new ChangeProblem(ordinal, field, "Give a whole number of percent from 0 to 200."));
    }
  }

  private void total() {
    if (lastBudget >= 0 && after.compareTo(before) > 0) {
      problems.add(
          new ChangeProblem(
              lastBudget,
              Setting.field(Setting.BUDGET),
              "Together the budgets would rise from "
                  + before.toPlainString()
                  + " to "
                  + after.toPlainString()
                  + "; lower one, or keep a reduction that was taken out."));
    }
  }

  private static Optional<BigDecimal> amount(Change change, String field) {
    return Optional.ofNullable(change.after().get(field)).flatMap(Setting::amount);
  }
}
