package dev.segue.plugins.adspractice;

import dev.segue.sdk.Change;
import dev.segue.sdk.ChangeProblem;
import java.io.IOException;
import java.math.RoundingMode;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sees to it that the budgets of one list are set together or not at all: a list moves money from
 * one campaign to another, so that half of it would alter the total.
 */
final class BudgetsTogether {

  private BudgetsTogether() {}

  /** All budgets of a list if the account has another than expected for any of them. */
  static List<ChangeProblem> outdated(List<Change> changes, Platform platform)
      throws IOException, InterruptedException {
    List<Integer> budgets =
        IntStream.range(0, changes.size())
            .filter(i -> changes.get(i).target().kind().equals(Setting.BUDGET))
            .boxed()
            .toList();
    if (budgets.size() < 2) {
      return List.of();
    }
    AccountState state = read(platform);
    List<String> moved = new ArrayList<>();
    budgets.forEach(i -> moved(changes.get(i), state).ifPresent(moved::add));
    return moved.isEmpty()
        ? List.of()
        : budgets.stream()
            .map(
                i ->
                    new ChangeProblem(
                        i,
                        Setting.field(Setting.BUDGET),
                        "Budgets of one list are set together or not at all, and "
                            + moved.getFirst()
                            + "."))
            .toList();
  }

  private static AccountState read(Platform platform) throws IOException, InterruptedException {
    try {
      return platform.read();
    } catch (ConnectException e) {
      throw platform.unreachable();
    }
  }

  /** What is there instead of the expected budget; empty if it is as expected. */
  private static Optional<String> moved(Change change, AccountState state) {
    Optional<String> expected = Setting.of(change).map(Setting::expected);
    String found =
        state
            .campaign(change.target().id())
            .map(campaign -> campaign.budget().setScale(2, RoundingMode.HALF_UP).toPlainString())
            .orElse("gone");
    return expected.filter(found::equals).isPresent()
        ? Optional.empty()
        : Optional.of(
            change.target().label()
                + " is "
                + found
                + " now, not "
                + expected.orElse("what was planned from"));
  }
}
