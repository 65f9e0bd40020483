package dev.segue.plugins.campaignmodels.variants;

/**
 * What is known of one variant.
 *
 * @param variant its name
 * @param counts its trials on the days on which it and the baseline ran
 * @param beside the baseline's trials on those days
 * @param rate the mean of what is believed of its rate on those days
 * @param low the rate is below this with 2.5 % probability
 * @param high the rate is above this with 2.5 % probability
 * @param probabilityBest that no other variant has a higher rate
 * @param expectedLoss the mean of how much lower its rate is than the best one; like the
 *     probability with all variants set on the baseline's days
 * @param evidence against being as good as the baseline, as in {@link Evidence}; 1 for the baseline
 * @param verdict what follows
 */
public record Assessment(
    String variant,
    Counts counts,
    Counts beside,
    double rate,
    double low,
    double high,
    double probabilityBest,
    double expectedLoss,
    double evidence,
    Verdict verdict) {}
