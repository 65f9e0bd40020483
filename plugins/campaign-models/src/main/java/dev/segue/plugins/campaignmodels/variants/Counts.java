package dev.segue.plugins.campaignmodels.variants;

/**
 * How often something was tried and how often it worked, such as views and clicks.
 *
 * @param trials at least 0
 * @param successes from 0 to trials
 */
public record Counts(long trials, long successes) {

  /** Nothing yet. */
  public static final Counts NONE = new Counts(0, 0);

  /** Refuses more successes than trials. */
  public Counts {
    if (successes < 0 || trials < successes) {
      throw new IllegalArgumentException(
          successes + " successes of " + trials + " trials cannot be; check the imported counts");
    }
  }

  /** Adds up. */
  public Counts plus(Counts other) {
    return new Counts(trials + other.trials, successes + other.successes);
  }
}
