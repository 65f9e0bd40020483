package dev.segue.plugins.campaignmodels.variants;

/**
 * What is known of one variant.
 *
 * @param variant its name
 * @param counts all its trials
 * @param rate the mean of what is believed of its rate
 * @param low the rate is below this with 2.5 % probability
 * @param high the rate is above this with 2.5 % probability
 * @param probabilityBest that no other variant has a higher rate
 * @param expectedLoss the mean of how much lower its rate is than the best one
 * @param evidence against being as good as the baseline, as in {@link Evidence}; 1 for the baseline
 * @param verdict what follows
 */
public record Assessment(
    String variant,
    Counts counts,
    double rate,
    double low,
    double high,
    double probabilityBest,
    double expectedLoss,
    double evidence,
    Verdict verdict) {}
