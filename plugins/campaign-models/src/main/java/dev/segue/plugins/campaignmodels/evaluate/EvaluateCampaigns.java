package dev.segue.plugins.campaignmodels.evaluate;

import dev.segue.plugins.campaignmodels.evaluate.BudgetTrial.Way;
import dev.segue.plugins.campaignmodels.evaluate.VariantTrial.Course;
import dev.segue.plugins.campaignmodels.evaluate.VariantTrial.Market;
import dev.segue.plugins.campaignmodels.variants.Rule;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * A command that prints how well the models find effects that are known because the data is made
 * up, each beside what one would do without the model.
 *
 * <p>Usage: {@code EvaluateCampaigns [FOLDER] [--seed 1] [--experiments 2000]}. A folder with
 * {@code ads*.csv} (columns {@code age}, {@code gender}, {@code Clicks}, {@code
 * Approved_Conversion}) adds a comparison of real groups. Exit code 0, 1 (it failed) or 2 (wrong
 * use).
 */
public final class EvaluateCampaigns {

  private final PrintStream out;
  private final long seed;
  private final int experiments;

  private EvaluateCampaigns(PrintStream out, long seed, int experiments) {
    this.out = out;
    this.seed = seed;
    this.experiments = experiments;
  }

  /** Runs the command. */
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    long seed = 1;
    int experiments = 2000;
    Path folder = null;
    try {
      for (int i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--seed" -> seed = number(arguments, ++i);
          case "--experiments" -> experiments = Math.toIntExact(number(arguments, ++i));
          default -> folder = Path.of(arguments[i]);
        }
      }
      if (experiments < 10) {
        throw new IllegalArgumentException("--experiments must be at least 10");
      }
      new EvaluateCampaigns(out, seed, experiments).print();
      if (folder != null && Files.isDirectory(folder)) {
        new AdTotals(folder).print(out);
      }
      return 0;
    } catch (IllegalArgumentException | ArithmeticException e) {
      err.println(e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static long number(String[] arguments, int i) {
    if (i >= arguments.length) {
      throw new IllegalArgumentException(arguments[i - 1] + " needs a value");
    }
    try {
      return Long.parseLong(arguments[i]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          arguments[i - 1] + " needs a whole number, not '" + arguments[i] + "'", e);
    }
  }

  private void print() {
    out.printf("All data is synthetic, made with known effects; seed %d.%n%n", seed);
    printEquals();
    printYears();
    printLifts();
    printBudgets();
    printSegments();
    printEffects();
  }

  private void printEquals() {
    out.printf(
        "Equal variants (A/A), looked at daily for 28 days, %d tests each: share with a false"
            + " winner or loser%n%n",
        experiments);
    headings("trials a day, rate, variants", "this rule", "95 % probability, daily");
    equal(500, 0.05, List.of(0.0), Market.STEADY);
    equal(5000, 0.01, List.of(0.0), Market.STEADY);
    equal(500, 0.05, List.of(0.0), Market.WEEKDAYS);
    equal(300, 0.04, List.of(0.0, 0.0, 0.0), Market.WEEKDAYS);
    out.println();
  }

  private void equal(long trials, double rate, List<Double> lifts, Market market) {
    VariantTrial trial =
        new VariantTrial(experiments, Course.daily(28, market), trials, rate, lifts);
    row(
        trials
            + ", "
            + percent(rate)
            + ", "
            + (lifts.size() + 1)
            + (market == Market.WEEKDAYS ? ", weekdays differ" : ""),
        percent(trial.byRule(Rule.DEFAULT, seed).decided()),
        percent(trial.byDailyProbability(Rule.DEFAULT, seed).decided()));
  }

  private void printYears() {
    out.printf(
        "Equal variants (A/A), looked at weekly for a year, %d tests each: share with a false winner"
            + " or loser%n%n",
        experiments);
    headings("trials a day, rate, variants", "this rule", "the last 28 days of each look");
    year(300, 0.05, 2, 0);
    year(300, 0.05, 4, 0);
    year(300, 0.05, 4, 56);
    out.println();
  }

  private void year(long trials, double rate, int variants, int joinEvery) {
    VariantTrial trial =
        new VariantTrial(
            experiments,
            Course.weekly(joinEvery),
            trials,
            rate,
            Collections.nCopies(variants - 1, 0.0));
    row(
        trials
            + ", "
            + percent(rate)
            + ", "
            + variants
            + (joinEvery > 0 ? ", one more every " + joinEvery + " days" : ""),
        percent(trial.byRule(Rule.DEFAULT, seed).decided()),
        percent(trial.bySlidingDays(Rule.DEFAULT, seed, 28).decided()));
  }

  private void printLifts() {
    int tests = Math.max(10, experiments / 4);
    out.printf("A better variant, 1,000 trials a day at 5 %%, %d tests each%n%n", tests);
    headings("lift", "found in 28 days", "wrong", "day of decision");
    for (double lift : new double[] {0.1, 0.2, 0.3}) {
      VariantTrial.Result result =
          new VariantTrial(tests, Course.daily(28, Market.WEEKDAYS), 1000, 0.05, List.of(lift))
              .byRule(Rule.DEFAULT, seed);
      row(
          percent(lift),
          percent(result.right()),
          percent(result.decided() - result.right()),
          String.format(Locale.ROOT, "%.1f", result.meanDay()));
    }
    out.println();
  }

  private void printBudgets() {
    BudgetTrial trial = new BudgetTrial(Math.max(10, experiments / 10), 6, 42, 12);
    out.printf(
        "Budgets of 6 campaigns, moved weekly by at most 20 %% for 12 weeks, %d worlds: conversions"
            + " over keeping budgets%n%n",
        trial.worlds());
    headings("way", "all weeks", "last week", "worlds worse than keeping");
    for (Way way : Way.values()) {
      BudgetTrial.Result result = trial.play(way, seed);
      row(
          way.name().toLowerCase(Locale.ROOT),
          percent(result.gain()),
          percent(result.lastWeekGain()),
          percent(result.worse()));
    }
    out.println();
  }

  private void printSegments() {
    int audiences = experiments;
    out.printf("Targeting, 8 segments, %d audiences each: found / wrong advice%n%n", audiences);
    headings("odd segment's rate", "conversions", "this model", "plain ratio");
    for (double factor : new double[] {1, 0.3, 0.5, 2}) {
      SegmentTrial trial = new SegmentTrial(audiences, 8, 800, factor);
      row(
          "x " + factor,
          "800",
          both(trial.byModel(seed), factor),
          both(trial.byRatio(seed), factor));
    }
    out.println();
  }

  private static String both(SegmentTrial.Result result, double factor) {
    return (factor == 1 ? "-" : percent(result.found())) + " / " + percent(result.falseAdvice());
  }

  private void printEffects() {
    out.printf(
        "Effect of a change, 14 days before and after, 40 conversions a day, the market moves:"
            + " intervals that hold the truth / said to be worse%n%n");
    headings("true effect", "beside a control", "before and after alone");
    for (double effect : new double[] {1, 0.9, 0.75, 1.2}) {
      EffectTrial trial = new EffectTrial(experiments, 14, 40, effect);
      row("x " + effect, both(trial.withControl(seed)), both(trial.withoutControl(seed)));
    }
  }

  private static String both(EffectTrial.Result result) {
    return percent(result.covered()) + " / " + percent(result.worse());
  }

  private void headings(String... cells) {
    row(cells);
    out.println("| --- ".repeat(cells.length) + "|");
  }

  private void row(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
