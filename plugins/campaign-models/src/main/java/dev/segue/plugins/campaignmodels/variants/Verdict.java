package dev.segue.plugins.campaignmodels.variants;

/** What a comparison says of one variant. */
public enum Verdict {
  /** What the others are compared with. */
  BASELINE,
  /** Better than the baseline, and the best of those. */
  WINNER,
  /** Better than the baseline, though another is better still. */
  BETTER,
  /** Worse than the baseline. */
  WORSE,
  /** Not told apart from the baseline so far. */
  UNDECIDED,
  /** Too few trials or days to say anything. */
  TOO_EARLY
}
